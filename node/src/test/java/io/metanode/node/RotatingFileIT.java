package io.metanode.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RotatingFileIT {

  @TempDir Path directory;

  @Test
  void newestLinesAreInThePlainNameAndTheOldestAreDropped() throws IOException {
    Path file = directory.resolve("log/node.log");
    try (RotatingFile log = new RotatingFile(file, 10, 2)) {
      for (String line : new String[] {"first.", "second", "third.", "fourth"}) {
        log.write(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    assertEquals("fourth", Files.readString(file));
    assertEquals("third.", Files.readString(directory.resolve("log/node.log.1")));
    assertEquals("second", Files.readString(directory.resolve("log/node.log.2")));
    assertFalse(Files.exists(directory.resolve("log/node.log.3")));
  }

  @Test
  void reopenedFileGoesOn() throws IOException {
    Path file = directory.resolve("node.log");
    for (String line : new String[] {"one ", "two "}) {
      try (RotatingFile log = new RotatingFile(file, 100, 2)) {
        log.write(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    assertEquals("one two ", Files.readString(file));
  }
}
