package io.metanode.receipts.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The host's file system. */
public final class HostDisk implements Disk {

  private static final int CHUNK = 1 << 20;

  private final Path unfinished;
  private final AtomicLong names = new AtomicLong();

  /**
   * @param unfinished a directory of the same file system for files that are still being written
   */
  public HostDisk(Path unfinished) {
    this.unfinished = unfinished;
  }

  /** Deletes what an interrupted process left unfinished. */
  public void clear() throws IOException {
    for (String name : list(unfinished)) {
      delete(unfinished.resolve(name));
    }
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  @Override
  public boolean exists(Path file) {
    return Files.exists(file);
  }

  @Override
  public byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  private Path part(Path file) throws IOException {
    Files.createDirectories(parent(file));
    Files.createDirectories(unfinished);
    return unfinished.resolve(Long.toString(names.incrementAndGet()));
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    Path part = part(file);
    try {
      Files.write(part, content);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  @Override
  public void sync(List<Path> files, Path root) throws IOException {
    Set<Path> directories = new LinkedHashSet<>();
    for (Path file : files) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      for (Path up = parent(file); up.startsWith(root); up = parent(up)) {
        directories.add(up);
      }
    }
    for (Path directory : directories) {
      syncDirectory(directory);
    }
  }

  private static Path parent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IOException(file + " stands in no directory");
    }
    return parent;
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
  }

  @Override
  public void allocate(Path file, int size) throws IOException {
    Path part = part(file);
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(size, CHUNK));
        for (int left = size; left > 0; ) {
          zeros.clear().limit(Math.min(left, zeros.capacity()));
          left -= channel.write(zeros);
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      syncDirectory(parent(file));
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  @Override
  public WritableFile open(Path file) throws IOException {
    return new HostFile(FileChannel.open(file, StandardOpenOption.WRITE));
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  private record HostFile(FileChannel channel) implements WritableFile {

    @Override
    public void write(long position, ByteBuffer bytes) throws IOException {
      long at = position;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
