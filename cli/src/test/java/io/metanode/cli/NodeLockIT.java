package io.metanode.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks are seen by other processes, so these tests start some. */
final class NodeLockIT {

  private static final int TURNS = 50;

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
    Process holder = OtherProgram.start(LockHolderMain.class, file);
    try {
      assertEquals('r', holder.getInputStream().read(), "the holder says when it is ready");
      assertEquals(Optional.of(holder.pid()), NodeLock.owner(file));
      assertTrue(NodeLock.acquire(file).isEmpty());
    } finally {
      holder.destroyForcibly().waitFor();
    }
    assertEquals(Optional.empty(), NodeLock.owner(file));
  }

  @Test
  void idThatADeadProcessLeftIsNotTheOwners() throws Exception {
    Path file = directory.resolve("node.lock");
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.writeString(file, dead.pid() + "\n");
    Process owner = OtherProgram.start(LateOwnerMain.class, file);
    try {
      assertEquals('l', owner.getInputStream().read(), "the owner has the lock");
      IOException unknown = assertThrows(IOException.class, () -> NodeLock.owner(file));
      assertTrue(String.valueOf(unknown.getMessage()).contains("does not write its id"));
      tell(owner);
      assertEquals('w', owner.getInputStream().read(), "the owner has written its id");
      assertEquals(Optional.of(owner.pid()), NodeLock.owner(file));
    } finally {
      owner.destroyForcibly().waitFor();
    }
  }

  @Test
  void askingForTheOwnerKeepsNobodyFromTakingTheLock() throws Exception {
    Path file = directory.resolve("node.lock");
    Files.createFile(file);
    Process asker = OtherProgram.start(AskerMain.class, file);
    try {
      for (int turn = 0; turn < TURNS; turn++) {
        assertEquals('l', asker.getInputStream().read(), "the asker has the lock");
        Thread release = Thread.ofPlatform().start(() -> tell(asker));
        NodeLock.acquire(file).orElseThrow().close();
        release.join();
        tell(asker);
      }
    } finally {
      asker.destroyForcibly().waitFor();
    }
  }

  private static void tell(Process process) {
    try {
      process.getOutputStream().write(1);
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
