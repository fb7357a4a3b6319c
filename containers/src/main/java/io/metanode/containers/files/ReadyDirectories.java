package io.metanode.containers.files;

import static java.util.concurrent.CompletableFuture.delayedExecutor;

import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Directories made ahead, each with the files and directories that it is to begin with: who needs
 * one takes it by a rename and waits for no new inode. They lie beside those that were taken, under
 * names that begin with {@code .ready-}; what an earlier process left of them is removed, and what
 * nobody took goes when this one closes.
 */
public final class ReadyDirectories implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(ReadyDirectories.class.getName());

  private static final String PREFIX = ".ready-";
  private static final String SUFFIX = ".ready";
  private static final int TARGET = 4;

  /** More are made a little after one is taken, to leave the CPU and the disk to its container. */
  private static final long REFILL_DELAY_MILLIS = 50;

  /** Where more are made: by the executor, once what took one has most likely begun to run. */
  public static Executor later(Executor background) {
    return delayedExecutor(REFILL_DELAY_MILLIS, TimeUnit.MILLISECONDS, background);
  }

  /** What is in each of them from the beginning. */
  public interface Contents {
    void makeIn(Path directory) throws IOException;
  }

  private final Path root;
  private final Contents contents;
  private final Executor later;
  private final AtomicLong made = new AtomicLong();
  private final ConcurrentLinkedDeque<Path> ready = new ConcurrentLinkedDeque<>();
  private boolean closed;

  private ReadyDirectories(Path root, Contents contents, Executor later) {
    this.root = root;
    this.contents = contents;
    this.later = later;
  }

  /**
   * Removes what is left of earlier ones and begins to make some.
   *
   * @param root where they are made and taken
   * @param later where they are made
   */
  public static ReadyDirectories in(Path root, Contents contents, Executor later)
      throws IOException {
    try (var left = Files.newDirectoryStream(root, PREFIX + "*")) {
      for (Path directory : left) {
        DurableFiles.removeTree(directory);
      }
    }
    ReadyDirectories directories = new ReadyDirectories(root, contents, later);
    later.execute(directories::refill);
    return directories;
  }

  /** Whether a directory in the root is one that nobody has taken. */
  public static boolean isReady(Path directory) {
    return directory.getFileName().toString().startsWith(PREFIX);
  }

  /** Where a file lies that is made ahead but is not to be there yet. */
  public static Path ahead(Path file) {
    return file.resolveSibling(file.getFileName() + SUFFIX);
  }

  /** Gives the file that was made ahead its name, if there is one and nothing has the name. */
  public static void claim(Path file) throws IOException {
    if (!Files.exists(file) && Files.exists(ahead(file))) {
      Files.move(ahead(file), file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /**
   * Has one under a name that nothing has, with its contents.
   *
   * @param target in the root
   * @throws IOException if it cannot be made; then there is nothing under that name
   */
  public void take(Path target) throws IOException {
    Path taken = ready.poll();
    later.execute(this::refill);
    while (taken != null && !Files.isDirectory(taken)) {
      taken = ready.poll(); // Somebody removed what was made.
    }
    Files.move(taken == null ? make() : taken, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path make() throws IOException {
    Path directory = Files.createDirectory(root.resolve(PREFIX + made.incrementAndGet()));
    try {
      contents.makeIn(directory);
      return directory;
    } catch (IOException e) {
      DurableFiles.removeTree(directory);
      throw e;
    }
  }

  private synchronized void refill() {
    try {
      while (!closed && ready.size() < TARGET) {
        ready.add(make());
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "no directory was made ahead", e);
    }
  }

  /** Makes no more ahead, and removes those that nobody took. */
  @Override
  public synchronized void close() {
    closed = true;
    for (Path left = ready.poll(); left != null; left = ready.poll()) {
      try {
        DurableFiles.removeTree(left);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "the next engine removes it", e);
      }
    }
  }
}
