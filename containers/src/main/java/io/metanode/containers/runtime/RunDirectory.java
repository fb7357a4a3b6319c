package io.metanode.containers.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one run: its shim's socket, its exit record, what it runs (docs/formats/shim.md).
 */
record RunDirectory(Path path) {

  private static final String CONTAINER = "container";
  private static final String EXEC = "exec";

  /**
   * What runs here.
   *
   * @param containerId the container
   * @param exec whether it is one more process in it, not its first
   */
  record Subject(String containerId, boolean exec) {}

  Path socket() {
    return path.resolve("shim.sock");
  }

  Path pid() {
    return path.resolve("pid");
  }

  Path console() {
    return path.resolve("console.sock");
  }

  Path runtimeLog() {
    return path.resolve("runtime.log");
  }

  /** The steps of a start without the runtime. */
  Path plan() {
    return path.resolve("plan");
  }

  /** What of the plan could not be done. */
  Path launchFailure() {
    return path.resolve("launch.failed");
  }

  /** Which process the shim started by a plan; there is none where the runtime started it. */
  Optional<FirstProcess> process() throws IOException {
    Optional<String> line = readLine(path.resolve("process"));
    return line.isEmpty() ? Optional.empty() : Optional.of(FirstProcess.parse(line.get()));
  }

  Path exit() {
    return path.resolve("exit");
  }

  private Path subjectFile() {
    return path.resolve("run");
  }

  /** Says what is about to run here; whoever reads it finds all of it or nothing. */
  void writeSubject(Subject subject) throws IOException {
    Path part = path.resolve("run.part");
    Files.writeString(
        part, (subject.exec() ? EXEC : CONTAINER) + " " + subject.containerId() + "\n");
    Files.move(part, subjectFile(), StandardCopyOption.ATOMIC_MOVE);
  }

  Optional<Subject> subject() throws IOException {
    Optional<String> line = readLine(subjectFile());
    if (line.isEmpty()) {
      return Optional.empty();
    }
    String[] words = line.get().split(" ", -1);
    if (words.length != 2 || !(words[0].equals(EXEC) || words[0].equals(CONTAINER))) {
      throw new IOException(subjectFile() + " does not say what runs: " + line.get());
    }
    return Optional.of(new Subject(words[1], words[0].equals(EXEC)));
  }

  /**
   * Says what the shim adds up when the process has ended: bytes of links that are gone, and the
   * counters of those there are.
   */
  void writeEgress(long goneBytes, List<Path> counters) throws IOException {
    StringBuilder text = new StringBuilder().append(goneBytes).append('\n');
    counters.forEach(counter -> text.append(counter).append('\n'));
    Path part = path.resolve("egress.part");
    Files.writeString(part, text);
    Files.move(part, path.resolve("egress"), StandardCopyOption.ATOMIC_MOVE);
  }

  Optional<ExitRecord> exitRecord() throws IOException {
    Optional<String> line = readLine(exit());
    return line.isEmpty() ? Optional.empty() : Optional.of(ExitRecord.parse(line.get()));
  }

  private static Optional<String> readLine(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Removes the directory and the files in it. */
  void remove() throws IOException {
    removeTree(path);
  }

  /** Removes a directory of files, if there is one; without following links. */
  static void removeTree(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          removeTree(file);
        } else {
          Files.deleteIfExists(file);
        }
      }
    }
    Files.deleteIfExists(directory);
  }
}
