package io.metanode.cli;

import io.metanode.receipts.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a node says of itself when it is ready: the status file in its home, one JSON object. Only
 * true while the node's lock is held.
 *
 * @param pid the node's process
 * @param version the program's version
 * @param startedAt when it began to start
 * @param dockerSocket where the Docker Engine API is served
 * @param receiptsDirectory the log of receipts
 * @param receiptsPublicKey the file with the public key that verifies the log
 * @param receiptsOrigin the log's name, as its checkpoints write it
 * @param runDirectory sockets and other state that does not outlive a boot
 * @param configFile where the configuration is read from, whether or not it is there
 * @param logFile the node's own log
 */
public record NodeFacts(
    long pid,
    String version,
    Instant startedAt,
    Path dockerSocket,
    Path receiptsDirectory,
    Path receiptsPublicKey,
    String receiptsOrigin,
    Path runDirectory,
    Path configFile,
    Path logFile) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Reads the status file; empty if there is none. */
  public static Optional<NodeFacts> read(Path file) throws IOException {
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      return Optional.of(
          new NodeFacts(
              json.required("pid").asLong(),
              json.required("version").asString(),
              Instant.parse(json.required("startedAt").asString()),
              path(json, "dockerSocket"),
              path(json, "receiptsDirectory"),
              path(json, "receiptsPublicKey"),
              json.required("receiptsOrigin").asString(),
              path(json, "runDirectory"),
              path(json, "configFile"),
              path(json, "logFile")));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      throw new IOException(file + " is damaged: " + e.getOriginalMessage(), e);
    }
  }

  private static Path path(JsonNode json, String key) {
    return Path.of(json.required(key).asString());
  }

  /**
   * The number of receipts in the log, those included that no checkpoint covers yet.
   *
   * @throws IOException if there is no log or it is damaged
   */
  public long receiptsCount() throws IOException {
    return LogReader.open(receiptsDirectory).size();
  }

  /** Writes the status file whole or not at all. */
  public void write(Path file) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(draft, JSON.writeValueAsString(json()));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  ObjectNode json() {
    return JSON.createObjectNode()
        .put("pid", pid)
        .put("version", version)
        .put("startedAt", startedAt.toString())
        .put("dockerSocket", dockerSocket.toString())
        .put("dockerHost", "unix://" + dockerSocket)
        .put("receiptsDirectory", receiptsDirectory.toString())
        .put("receiptsPublicKey", receiptsPublicKey.toString())
        .put("receiptsOrigin", receiptsOrigin)
        .put("runDirectory", runDirectory.toString())
        .put("configFile", configFile.toString())
        .put("logFile", logFile.toString());
  }
}
