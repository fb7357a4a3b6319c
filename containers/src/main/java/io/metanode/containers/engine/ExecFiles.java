package io.metanode.containers.engine;

import io.metanode.containers.config.ExecConfig;
import io.metanode.containers.config.Shapes;
import io.metanode.containers.http.ApiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The files of a running exec in its container's directory: the OCI process, and what the next
 * engine must know of it (docs/formats/containers.md).
 *
 * @param process what the OCI runtime reads
 * @param session the exec's id and configuration
 */
record ExecFiles(Path process, Path session) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String SESSION = ".session";

  /** The name of an exec's files, and with an {@code x} before it of its run's directory. */
  static String shortId(String execId) {
    return execId.substring(0, 12);
  }

  static String runDirectory(String execId) {
    return "x" + shortId(execId);
  }

  static ExecFiles of(Path containerDirectory, String execId) throws IOException {
    Path directory = Files.createDirectories(containerDirectory.resolve("exec"));
    return new ExecFiles(
        directory.resolve(shortId(execId) + ".json"), directory.resolve(shortId(execId) + SESSION));
  }

  /**
   * An exec of an earlier engine.
   *
   * @param startedAt when it was about to be started; the epoch where that was not kept
   */
  record Session(Exec exec, Instant startedAt) {}

  void write(Exec exec, Instant startedAt) throws IOException {
    JsonNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", exec.id())
            .put("startedAt", startedAt.toString())
            .set("config", exec.config().json());
    Files.write(session, MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8));
  }

  void delete() throws IOException {
    Files.deleteIfExists(process);
    Files.deleteIfExists(session);
  }

  /** The execs that an earlier engine had started in a container and not seen the end of. */
  static List<Session> sessions(Path containerDirectory, Container container) throws IOException {
    List<Session> execs = new ArrayList<>();
    Path directory = containerDirectory.resolve("exec");
    if (!Files.isDirectory(directory)) {
      return execs;
    }
    try (var files = Files.newDirectoryStream(directory, "*" + SESSION)) {
      for (Path file : files) {
        read(file, container).ifPresent(execs::add);
      }
    }
    return execs;
  }

  /** A file that a crash left unfinished is of an exec that was not started. */
  private static Optional<Session> read(Path file, Container container) throws IOException {
    try {
      JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
      ExecConfig config = new ExecConfig(Shapes.EXEC.read(json.path("config")));
      Exec exec = new Exec(json.path("id").asString(), container, config);
      JsonNode startedAt = json.path("startedAt");
      return Optional.of(
          new Session(
              exec, startedAt.isString() ? Instant.parse(startedAt.asString()) : Instant.EPOCH));
    } catch (JacksonException | ApiException unfinished) {
      return Optional.empty();
    }
  }
}
