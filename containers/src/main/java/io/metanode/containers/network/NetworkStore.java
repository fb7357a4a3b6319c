package io.metanode.containers.network;

import io.metanode.containers.http.Json;
import io.metanode.containers.network.Networks.Driver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Networks made by users, a file {@code <id>.json} each:
 *
 * <pre>{"name":"backend","created":"2026-01-02T03:04:05Z","subnet":"172.30.0.0/16",
 * "gateway":"172.30.0.1","internal":false,"labels":{"a":"b"},"options":{}}</pre>
 */
final class NetworkStore {

  private static final String SUFFIX = ".json";

  private final Path directory;

  NetworkStore(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /**
   * @throws IOException if a file cannot be read; it names the file
   */
  List<NetworkDefinition> all() throws IOException {
    List<NetworkDefinition> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(each -> each.toString().endsWith(SUFFIX)).sorted().toList()) {
        found.add(read(file));
      }
    }
    return found;
  }

  private static NetworkDefinition read(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    String id = name.substring(0, name.length() - SUFFIX.length());
    try {
      JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file));
      return new NetworkDefinition(
          id,
          json.path("name").asString(),
          Driver.BRIDGE,
          Instant.parse(json.path("created").asString()),
          Optional.of(AddressesJson.read(json)),
          json.has("ipv6") ? Optional.of(AddressesJson.read6(json.path("ipv6"))) : Optional.empty(),
          AskedAddressesJson.read(json.path("asked")),
          json.path("internal").asBoolean(false),
          json.path("attachable").asBoolean(false),
          texts(json.path("labels")),
          texts(json.path("options")));
    } catch (RuntimeException e) {
      throw new IOException(
          "the network in " + file + " cannot be read (" + e.getMessage() + "); remove the file",
          e);
    }
  }

  private static Map<String, String> texts(JsonNode node) throws JacksonException {
    Map<String, String> texts = new HashMap<>();
    node.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
    return texts;
  }

  /** Keeps a network, on disk when this returns. */
  void add(NetworkDefinition network) throws IOException {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("name", network.name());
    json.put("created", network.created().toString());
    AddressesJson.write(json, network.addresses().orElseThrow());
    network.addresses6().ifPresent(more -> AddressesJson.write(json.putObject("ipv6"), more));
    AskedAddressesJson.write(json.putObject("asked"), network.asked());
    json.put("internal", network.internal());
    if (network.attachable()) {
      json.put("attachable", true);
    }
    ObjectNode labels = json.putObject("labels");
    network.labels().forEach(labels::put);
    ObjectNode options = json.putObject("options");
    network.options().forEach(options::put);
    Path fresh = directory.resolve(network.id() + ".new");
    try (FileChannel file =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(Json.line(json)));
      file.force(true);
    }
    Files.move(fresh, file(network.id()), StandardCopyOption.ATOMIC_MOVE);
    syncDirectory();
  }

  void remove(String id) throws IOException {
    Files.deleteIfExists(file(id));
    syncDirectory();
  }

  private Path file(String id) {
    return directory.resolve(id + SUFFIX);
  }

  private void syncDirectory() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
