package io.metanode.node;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A log file that never grows past a size: a full one is renamed to {@code .1}, the older ones move
 * up by one, and the oldest is dropped. The newest lines are always in the file of the plain name.
 */
final class RotatingFile extends OutputStream {

  private final Path file;
  private final long limitBytes;
  private final int kept;
  private OutputStream out;
  private long length;

  /**
   * @param limitBytes the size at which it is rotated
   * @param kept how many older files stay
   */
  RotatingFile(Path file, long limitBytes, int kept) throws IOException {
    this.file = file;
    this.limitBytes = limitBytes;
    this.kept = kept;
    Files.createDirectories(file.toAbsolutePath().getParent());
    this.out = open();
    this.length = Files.size(file);
  }

  @Override
  public synchronized void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
    if (length > 0 && length + count > limitBytes) {
      rotate();
    }
    out.write(bytes, offset, count);
    length += count;
  }

  private void rotate() throws IOException {
    out.close();
    for (int age = kept - 1; age >= 1; age--) {
      if (Files.exists(aged(age))) {
        Files.move(aged(age), aged(age + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.move(file, aged(1), StandardCopyOption.REPLACE_EXISTING);
    out = open();
    length = 0;
  }

  private Path aged(int age) {
    return file.resolveSibling(file.getFileName() + "." + age);
  }

  private OutputStream open() throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public synchronized void flush() throws IOException {
    out.flush();
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
