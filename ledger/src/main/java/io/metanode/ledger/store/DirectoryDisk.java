package io.metanode.ledger.store;

import io.metanode.foundation.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A directory of the host. */
public final class DirectoryDisk implements Disk {

  private final Path directory;

  /** Makes the directory where there is none. */
  public DirectoryDisk(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public long length(String name) throws IOException {
    return Files.size(directory.resolve(name));
  }

  @Override
  public Bytes read(String name, long offset, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(directory.resolve(name))) {
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {}
      return Bytes.of(Arrays.copyOf(buffer.array(), buffer.position()));
    }
  }

  @Override
  public Appender appender(String name) throws IOException {
    Path file = directory.resolve(name);
    boolean made = Files.notExists(file);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    if (made) {
      syncDirectory();
    }
    return new ChannelAppender(file, channel);
  }

  /** Says of which file it speaks: the system's own message does not. */
  private record ChannelAppender(Path file, FileChannel channel) implements Appender {
    @Override
    public void append(Bytes bytes) throws IOException {
      ByteBuffer buffer = bytes.asBuffer();
      try {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      } catch (IOException e) {
        throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
      }
    }

    @Override
    public void sync() throws IOException {
      try {
        channel.force(false);
      } catch (IOException e) {
        throw new IOException("cannot make " + file + " durable: " + e.getMessage(), e);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  @Override
  public void truncate(String name, long length) throws IOException {
    try (FileChannel channel =
        FileChannel.open(directory.resolve(name), StandardOpenOption.WRITE)) {
      channel.truncate(length);
      channel.force(true);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(directory.resolve(name));
    syncDirectory();
  }

  private void syncDirectory() throws IOException {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
  }
}
