package io.metanode.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Held by a node as long as it lives, so that two nodes never share a home. The kernel lets go of
 * it when the process dies, whatever killed it; so a held lock is proof of life. The file holds the
 * owner's process id.
 */
public final class NodeLock implements AutoCloseable {

  /** An owner writes its id right after it has the lock; a reader waits that long. */
  private static final int OWNER_TRIES = 200;

  /** A process id that an earlier owner left may by now be someone else's. */
  private static final int TRIES_WITH_OWNER = 50;

  /** Who asks for the owner holds the lock for a moment if there is none; it writes no id. */
  private static final int TRIES_WITHOUT = 1_000;

  private static final long PAUSE_NANOS = 10_000_000;

  private final FileChannel channel;

  private NodeLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock; empty if another process has it. */
  public static Optional<NodeLock> acquire(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    for (int tries = 1; lock == null && tries < patience(file); tries++) {
      LockSupport.parkNanos(PAUSE_NANOS);
      lock = channel.tryLock();
    }
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
    return Optional.of(new NodeLock(channel));
  }

  private static int patience(Path file) throws IOException {
    return id(file).isPresent() ? TRIES_WITH_OWNER : TRIES_WITHOUT;
  }

  /** What the file says; empty if no process of that id lives, or none is written yet. */
  private static Optional<Long> id(Path file) throws IOException {
    String owner = Files.readString(file);
    if (!owner.endsWith("\n")) {
      return Optional.empty();
    }
    try {
      long pid = Long.parseLong(owner.strip());
      return ProcessHandle.of(pid).isPresent() ? Optional.of(pid) : Optional.empty();
    } catch (NumberFormatException e) {
      throw new IOException(file + " is not a node's lock", e);
    }
  }

  /** The process id of the lock's owner; empty if nobody holds it. */
  public static Optional<Long> owner(Path file) throws IOException {
    for (int tries = 0; tries < OWNER_TRIES; tries++) {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        if (channel.tryLock() != null) {
          return Optional.empty();
        }
        // A process that was killed left its id; the new owner has yet to write its own.
        Optional<Long> owner = id(file);
        if (owner.isPresent()) {
          return owner;
        }
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new IOException(file + " is held by a process that does not write its id");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
