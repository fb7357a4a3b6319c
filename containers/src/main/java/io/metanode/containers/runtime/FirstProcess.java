package io.metanode.containers.runtime;

import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A container's first process, which no other is taken for.
 *
 * @param startTicks when it started, as proc_pid_stat(5) gives it
 */
record FirstProcess(int pid, long startTicks) {

  /** Of the fields that follow the name in parentheses. */
  private static final int START_FIELD = 19;

  static FirstProcess parse(String line) throws IOException {
    String[] words = line.split(" ", -1);
    try {
      if (words.length == 2) {
        return new FirstProcess(Integer.parseInt(words[0]), Long.parseLong(words[1]));
      }
    } catch (NumberFormatException e) {
      throw new IOException("not a process and its start: " + line, e);
    }
    throw new IOException("not a process and its start: " + line);
  }

  /**
   * A descriptor of this process, which the caller closes.
   *
   * @throws IOException if it has ended, whoever has its pid now
   */
  int open(Syscalls syscalls) throws IOException {
    int descriptor = syscalls.openProcess(pid);
    try {
      // Whoever has the pid now had it when the descriptor was opened, or that one has ended.
      if (startOf(pid) == startTicks) {
        return descriptor;
      }
    } catch (IOException | RuntimeException e) {
      syscalls.close(descriptor);
      throw e;
    }
    syscalls.close(descriptor);
    throw new IOException("the container's first process, " + pid + ", has ended");
  }

  private static long startOf(int pid) throws IOException {
    String text = Files.readString(Path.of("/proc", Integer.toString(pid), "stat"));
    List<String> fields = List.of(text.substring(text.lastIndexOf(')') + 2).split(" ", -1));
    return Long.parseLong(fields.get(START_FIELD));
  }
}
