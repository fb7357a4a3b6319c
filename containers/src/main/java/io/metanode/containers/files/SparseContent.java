package io.metanode.containers.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Writes a file's content; long runs of zeros become holes. */
final class SparseContent {

  private static final int CHUNK_BYTES = 1 << 16;
  private static final byte[] ZEROS = new byte[CHUNK_BYTES];

  private SparseContent() {}

  static void write(Path empty, InputStream content) throws IOException {
    try (FileChannel out = FileChannel.open(empty, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[CHUNK_BYTES];
      long length = 0;
      for (int n = fill(content, buffer); n > 0; n = fill(content, buffer)) {
        length += n;
        if (n == CHUNK_BYTES && Arrays.equals(buffer, ZEROS)) {
          continue;
        }
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
  }

  private static int fill(InputStream in, byte[] buffer) throws IOException {
    return in.readNBytes(buffer, 0, buffer.length);
  }
}
