package io.metanode.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Small text files by which the kernel tells of itself. */
final class ProcFile {

  private ProcFile() {}

  /** The whole text, or nothing where the file is missing or unreadable. */
  static String text(String path) {
    try {
      return Files.readString(Path.of(path)).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** The rest of the first line that begins with a word, such as a key of /proc/self/status. */
  static Optional<String> field(String path, String word) {
    return text(path)
        .lines()
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()).strip())
        .findFirst();
  }
}
