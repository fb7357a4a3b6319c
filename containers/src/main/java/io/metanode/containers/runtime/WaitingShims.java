package io.metanode.containers.runtime;

import static java.util.concurrent.CompletableFuture.delayedExecutor;

import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Shims that were started ahead, each waiting to be told what it is for, so that a container waits
 * for no new process of the engine's (docs/formats/shim.md). They go with the engine.
 */
final class WaitingShims implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(WaitingShims.class.getName());

  /**
   * The longest command line, with a zero after each word; a longer one needs a shim of its own.
   */
  static final int ROOM = 3_000;

  /** More are started a little after one is taken, to leave the CPU to its container. */
  private static final long REFILL_DELAY_MILLIS = 30;

  private final Syscalls syscalls;
  private final Path program;
  private final int target;
  private final Executor background;
  private final ConcurrentLinkedDeque<Integer> ready = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /**
   * @param target how many to hold ready; 0 for none
   * @param background where they are started
   */
  WaitingShims(Syscalls syscalls, Path program, int target, Executor background) {
    this.syscalls = syscalls;
    this.program = program;
    this.target = target;
    this.background = background;
    refillLater();
  }

  /**
   * Tells one what to do; false if there is none that can be told.
   *
   * @param command its command line, the program's name first
   * @param descriptors from 3 on
   */
  boolean tell(List<String> command, int[] descriptors) {
    byte[] message = message(command.subList(1, command.size()));
    if (message.length > ROOM) {
      return false;
    }
    for (Integer waiting = ready.poll(); waiting != null; waiting = ready.poll()) {
      refillLater();
      try {
        syscalls.sendDescriptors(waiting, message, descriptors);
        return true;
      } catch (SyscallException gone) {
        LOG.log(System.Logger.Level.DEBUG, "a shim that waited is gone", gone);
      } finally {
        syscalls.close(waiting);
      }
    }
    return false;
  }

  private static byte[] message(List<String> words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String word : words) {
      bytes.writeBytes(word.getBytes(StandardCharsets.UTF_8));
      bytes.write(0);
    }
    return bytes.toByteArray();
  }

  private void refillLater() {
    if (target > 0) {
      delayedExecutor(REFILL_DELAY_MILLIS, TimeUnit.MILLISECONDS, background).execute(this::refill);
    }
  }

  private synchronized void refill() {
    try {
      while (!closed && ready.size() < target) {
        ready.add(start());
      }
    } catch (SyscallException e) {
      LOG.log(System.Logger.Level.WARNING, "no shim was started ahead: {0}", e.getMessage());
    }
    if (closed) {
      drain();
    }
  }

  private int start() throws SyscallException {
    int[] ends = syscalls.socketPair();
    try {
      List<String> command = List.of(Shims.NAME, "--await", " ".repeat(ROOM));
      Shims.spawn(syscalls, program, command, new int[] {ends[1]});
      return ends[0];
    } catch (SyscallException | RuntimeException e) {
      syscalls.close(ends[0]);
      throw e;
    } finally {
      syscalls.close(ends[1]);
    }
  }

  private void drain() {
    for (Integer waiting = ready.poll(); waiting != null; waiting = ready.poll()) {
      syscalls.close(waiting);
    }
  }

  /** Lets those go that nobody told. */
  @Override
  public void close() {
    closed = true;
    drain();
  }
}
