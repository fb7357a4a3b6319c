package io.metanode.containers.runtime;

import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;

/** The line a shim leaves behind: how the process ended, or that it never started. */
sealed interface ExitRecord {

  /** {@code exited <code> <nanoseconds since 1970> <egress bytes or ->}. */
  record Exited(ProcessExit exit) implements ExitRecord {}

  /** {@code failed <wait status of the runtime>}. */
  record Failed(int status) implements ExitRecord {}

  static ExitRecord parse(String line) throws IOException {
    String[] words = line.split(" ", -1);
    try {
      if (words[0].equals("exited") && words.length == 4) {
        return new Exited(
            exit(
                Integer.parseInt(words[1]),
                Long.parseLong(words[2]),
                words[3].equals("-") ? -1 : Long.parseLong(words[3])));
      }
      if (words[0].equals("failed") && words.length == 2) {
        return new Failed(Integer.parseInt(words[1]));
      }
      throw new IOException("not an exit record: " + line);
    } catch (NumberFormatException e) {
      throw new IOException("not an exit record: " + line, e);
    }
  }

  /** The exit a shim reports; an egress of -1 stands for an unknown one. */
  static ProcessExit exit(int code, long nanos, long egress) {
    return new ProcessExit(
        code,
        Instant.ofEpochSecond(0, nanos),
        egress == -1 ? OptionalLong.empty() : OptionalLong.of(egress));
  }
}
