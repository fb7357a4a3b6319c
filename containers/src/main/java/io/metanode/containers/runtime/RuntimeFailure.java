package io.metanode.containers.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Why the OCI runtime could not start a process, in Docker's words and with its exit codes. */
final class RuntimeFailure {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;
  private static final int OTHER = 128;

  private RuntimeFailure() {}

  static StartException of(RunDirectory.Subject subject, RunDirectory directory, int status) {
    String cause =
        LaunchFailure.read(directory)
            .filter(failure -> !Files.exists(directory.runtimeLog()))
            .map(LaunchFailure::text)
            .orElseGet(() -> lastError(directory.runtimeLog(), status));
    String text =
        subject.exec()
            ? "OCI runtime exec failed: " + cause + ": unknown"
            : "failed to create task for container: failed to create shim task: OCI runtime create"
                + " failed: "
                + cause.replaceFirst("^runc run failed", "runc create failed")
                + ": unknown";
    return new StartException(exitCode(cause), text);
  }

  /** The rules of dockerd: 127 for what is not there, 126 for what cannot be executed. */
  static int exitCode(String cause) {
    String text = cause.toLowerCase(Locale.ROOT);
    if (text.contains("executable file not found") || text.contains("no such file or directory")) {
      return NOT_FOUND;
    }
    if (text.contains("permission denied")
        || text.contains("is a directory")
        || text.contains("not a directory")
        || text.contains("exec format error")) {
      return NOT_EXECUTABLE;
    }
    return OTHER;
  }

  private static String lastError(Path runtimeLog, int status) {
    String found = "the OCI runtime ended with wait status " + status + " and no error text";
    try {
      List<String> lines = Files.readAllLines(runtimeLog);
      for (String line : lines) {
        JsonNode entry = JSON.readTree(line);
        if ("error".equals(entry.path("level").asString(""))) {
          found = entry.path("msg").asString(found);
        }
      }
    } catch (IOException | JacksonException e) {
      return found + " (" + runtimeLog + ": " + e.getMessage() + ")";
    }
    return found;
  }
}
