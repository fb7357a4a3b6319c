package io.metanode.cli;

import io.metanode.ledger.LedgerNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a running validator says of itself in {@code status.json}.
 *
 * @param api the URL of its API
 */
public record ValidatorFacts(long pid, String api, String chain, String validator) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public static ValidatorFacts of(LedgerNode node) {
    InetSocketAddress address = node.apiAddress();
    String host = address.getAddress().getHostAddress();
    return new ValidatorFacts(
        ProcessHandle.current().pid(),
        "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, address.getPort()),
        node.chain(),
        node.key());
  }

  /** What the file of a running validator says; empty where none runs. */
  public static Optional<ValidatorFacts> read(Path file) throws IOException {
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      return Optional.of(
          new ValidatorFacts(
              json.required("pid").asLong(),
              json.required("api").asString(),
              json.required("chain").asString(),
              json.required("validator").asString()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      throw new IOException(file + " is damaged: " + e.getOriginalMessage(), e);
    }
  }

  /** Writes the file whole or not at all. */
  public void write(Path file) throws IOException {
    ObjectNode json =
        JSON.createObjectNode()
            .put("pid", pid)
            .put("api", api)
            .put("chain", chain)
            .put("validator", validator);
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(draft, JSON.writeValueAsString(json));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
