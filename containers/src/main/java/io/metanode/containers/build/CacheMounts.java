package io.metanode.containers.build;

import io.metanode.containers.image.blob.Sha256;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Digest;
import io.metanode.foundation.DurableFiles;
import io.metanode.receipts.Subject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The directories of {@code RUN --mount=type=cache}, kept from build to build by their names:
 * {@code <root>/<sha256 of the name>/data}, the name itself beside it. What is in them is nobody's
 * image, and may go at any time nobody uses it.
 */
public final class CacheMounts {

  private final Path root;
  private final Syscalls syscalls;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Map<Path, Integer> users = new HashMap<>();

  public CacheMounts(Path root, Syscalls syscalls) throws IOException {
    this.root = Files.createDirectories(root);
    this.syscalls = syscalls;
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
  }

  /** A cache in use; closing it ends that. */
  record Use(CacheMounts mounts, Path cache) implements AutoCloseable {

    /** What is mounted. */
    Path data() {
      return cache.resolve("data");
    }

    @Override
    public void close() {
      mounts.release(cache);
    }
  }

  /**
   * Takes a cache into use, and makes it if it is not there.
   *
   * @param alone whether nobody else may use it meanwhile, and is waited for
   */
  Use use(String id, boolean alone, int mode, int uid, int gid) throws IOException {
    Path cache = root.resolve(Sha256.of(id.getBytes(StandardCharsets.UTF_8)).hex());
    lock.lock();
    try {
      while (alone && users.getOrDefault(cache, 0) > 0) {
        freed.await();
      }
      Path data = cache.resolve("data");
      if (!Files.isDirectory(data)) {
        Files.createDirectories(data);
        Files.writeString(cache.resolve("name"), id);
        syscalls.changeOwner(data, uid, gid);
        syscalls.changeMode(data, mode & 07777);
      }
      users.merge(cache, 1, Integer::sum);
      return new Use(this, cache);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the engine closes");
    } finally {
      lock.unlock();
    }
  }

  private void release(Path cache) {
    lock.lock();
    try {
      users.computeIfPresent(cache, (_, count) -> count > 1 ? count - 1 : null);
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A cache that is kept.
   *
   * @param digest of its name, in hexadecimal
   */
  public record Kept(String digest, String name, long bytes, boolean inUse, Instant created) {

    Subject subject() {
      return new Subject("cache/" + name, new Digest(digest));
    }
  }

  /** All that are kept. */
  List<Kept> kept() throws IOException {
    List<Kept> kept = new ArrayList<>();
    try (DirectoryStream<Path> caches = Files.newDirectoryStream(root)) {
      for (Path cache : caches) {
        kept.add(
            new Kept(
                cache.getFileName().toString(),
                name(cache),
                bytes(cache.resolve("data")),
                isUsed(cache),
                created(cache)));
      }
    }
    return kept;
  }

  private boolean isUsed(Path cache) {
    lock.lock();
    try {
      return users.containsKey(cache);
    } finally {
      lock.unlock();
    }
  }

  private static Instant created(Path cache) throws IOException {
    return Files.getLastModifiedTime(cache.resolve("name")).toInstant();
  }

  private static String name(Path cache) throws IOException {
    Path name = cache.resolve("name");
    return Files.exists(name) ? Files.readString(name) : "";
  }

  private static long bytes(Path cache) throws IOException {
    long[] sum = new long[1];
    Files.walkFileTree(
        cache,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
            return FileVisitResult.CONTINUE;
          }
        });
    return sum[0];
  }

  /** Removes a cache unless it is in use; whether it did. */
  boolean remove(Kept kept) throws IOException {
    Path cache = root.resolve(kept.digest());
    lock.lock();
    try {
      if (users.containsKey(cache)) {
        return false;
      }
      DurableFiles.removeTree(cache);
      return true;
    } finally {
      lock.unlock();
    }
  }
}
