package io.metanode.containers.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadyDirectoriesTest {

  private static final Executor NEVER = _ -> {};
  private static final String NAME = "taken";

  @TempDir Path root;

  private static void fill(Path directory) throws IOException {
    Files.createFile(directory.resolve("a"));
    Files.createFile(ReadyDirectories.ahead(directory.resolve("b")));
  }

  private List<Path> ready() throws IOException {
    try (Stream<Path> all = Files.list(root)) {
      return all.filter(ReadyDirectories::isReady).toList();
    }
  }

  @Test
  void oneThatWasMadeAheadIsTakenAsItIs() throws Exception {
    ReadyDirectories directories =
        ReadyDirectories.in(root, ReadyDirectoriesTest::fill, Runnable::run);
    List<Object> before = ready().stream().map(ReadyDirectoriesTest::key).toList();
    directories.take(root.resolve(NAME));
    assertTrue(before.contains(key(root.resolve(NAME))));
    assertTrue(Files.exists(root.resolve(NAME).resolve("a")));
    assertEquals(before.size(), ready().size(), "another was made in its place");
  }

  private static Object key(Path directory) {
    try {
      return Files.getAttribute(directory, "unix:ino");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whereNoneIsReadyOneIsMade() throws Exception {
    ReadyDirectories.in(root, ReadyDirectoriesTest::fill, NEVER).take(root.resolve(NAME));
    assertTrue(Files.exists(root.resolve(NAME).resolve("a")));
    assertEquals(List.of(), ready());
  }

  @Test
  void onesThatSomebodyRemovedArePassedOver() throws Exception {
    ReadyDirectories directories =
        ReadyDirectories.in(root, ReadyDirectoriesTest::fill, Runnable::run);
    for (Path each : ready()) {
      DurableFiles.removeTree(each);
    }
    directories.take(root.resolve(NAME));
    assertTrue(Files.exists(root.resolve(NAME).resolve("a")));
  }

  @Test
  void whatAnEarlierProcessLeftIsRemoved() throws Exception {
    Files.createFile(Files.createDirectory(root.resolve(".ready-7")).resolve("a"));
    Files.createDirectory(root.resolve(NAME));
    ReadyDirectories.in(root, ReadyDirectoriesTest::fill, NEVER);
    assertEquals(List.of(), ready());
    assertTrue(Files.exists(root.resolve(NAME)));
  }

  @Test
  void oneThatCannotBeMadeLeavesNothing() throws Exception {
    ReadyDirectories directories =
        ReadyDirectories.in(
            root,
            directory -> {
              fill(directory);
              throw new IOException("full");
            },
            NEVER);
    assertThrows(IOException.class, () -> directories.take(root.resolve(NAME)));
    try (Stream<Path> all = Files.list(root)) {
      assertEquals(List.of(), all.toList());
    }
  }

  @Test
  void aFileMadeAheadIsClaimedOnlyWhereThereIsNone() throws Exception {
    ReadyDirectories.in(root, ReadyDirectoriesTest::fill, NEVER).take(root.resolve(NAME));
    Path file = root.resolve(NAME).resolve("b");
    ReadyDirectories.claim(file);
    Files.writeString(file, "kept");
    Files.createFile(ReadyDirectories.ahead(file));
    ReadyDirectories.claim(file);
    assertEquals("kept", Files.readString(file));
    ReadyDirectories.claim(root.resolve("nothing"));
    assertTrue(Files.notExists(root.resolve("nothing")));
  }

  @Test
  void whatNobodyTookGoesWithIt() throws Exception {
    ReadyDirectories directories =
        ReadyDirectories.in(root, ReadyDirectoriesTest::fill, Runnable::run);
    assertTrue(ready().size() > 1);
    directories.close();
    assertEquals(List.of(), ready());
    directories.take(root.resolve(NAME));
    assertTrue(Files.exists(root.resolve(NAME).resolve("a")));
    assertEquals(List.of(), ready());
  }
}
