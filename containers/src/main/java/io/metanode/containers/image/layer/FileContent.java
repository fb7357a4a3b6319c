package io.metanode.containers.image.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Writes the content of a file; of a sparse file, only what is not zero. */
public final class FileContent {

  private static final int CHUNK_BYTES = 1 << 16;
  private static final byte[] ZEROS = new byte[CHUNK_BYTES];

  private FileContent() {}

  private interface Meter {
    void write(int bytes) throws IOException;
  }

  static void write(Path path, InputStream content, boolean sparse, Budget budget)
      throws IOException {
    try (FileChannel out =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(out, content, sparse, budget::write);
    }
  }

  /** Fills an empty file; runs of zeros become holes. */
  public static void write(Path empty, InputStream content) throws IOException {
    try (FileChannel out = FileChannel.open(empty, StandardOpenOption.WRITE)) {
      write(out, content, true, _ -> {});
    }
  }

  private static void write(FileChannel out, InputStream content, boolean sparse, Meter meter)
      throws IOException {
    byte[] buffer = new byte[CHUNK_BYTES];
    long length = 0;
    for (int n = fill(content, buffer); n > 0; n = fill(content, buffer)) {
      length += n;
      if (sparse && Arrays.equals(buffer, 0, n, ZEROS, 0, n)) {
        continue;
      }
      meter.write(n);
      ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, n);
      out.position(length - n);
      while (chunk.hasRemaining()) {
        out.write(chunk);
      }
    }
    if (out.size() < length) {
      out.write(ByteBuffer.wrap(ZEROS, 0, 1), length - 1);
    }
  }

  private static int fill(InputStream in, byte[] buffer) throws IOException {
    return in.readNBytes(buffer, 0, buffer.length);
  }
}
