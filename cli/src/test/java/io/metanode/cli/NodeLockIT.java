package io.metanode.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks are seen by other processes, so these tests start some. */
final class NodeLockIT {

  @TempDir Path directory;

  @Test
  void nobodyOwnsALockThatIsNotThere() throws Exception {
    assertEquals(Optional.empty(), NodeLock.owner(directory.resolve("node.lock")));
  }

  @Test
  void lockLeftByADeadProcessIsFree() throws Exception {
    Path file = directory.resolve("node.lock");
    Files.writeString(file, "1\n");
    assertEquals(Optional.empty(), NodeLock.owner(file));
    NodeLock lock = NodeLock.acquire(file).orElseThrow();
    String owner = Files.readString(file);
    lock.close();
    assertEquals(ProcessHandle.current().pid() + "\n", owner);
  }

  @Test
  void otherProcessSeesTheOwnerUntilItIsKilled() throws Exception {
    Path file = directory.resolve("node.lock");
    Process holder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    LockHolderMain.class.getName(),
                    file.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals('r', holder.getInputStream().read(), "the holder says when it is ready");
      assertEquals(Optional.of(holder.pid()), NodeLock.owner(file));
      assertTrue(NodeLock.acquire(file).isEmpty());
    } finally {
      holder.destroyForcibly().waitFor();
    }
    assertEquals(Optional.empty(), NodeLock.owner(file));
  }
}
