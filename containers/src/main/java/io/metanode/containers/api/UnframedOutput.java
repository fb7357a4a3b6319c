package io.metanode.containers.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Takes what comes in Docker's frames, which may be cut anywhere, and passes their payload on. */
final class UnframedOutput extends OutputStream {

  private static final int HEADER_BYTES = 8;
  private static final int LENGTH = 4;

  private final OutputStream target;
  private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
  private int left;

  UnframedOutput(OutputStream target) {
    this.target = target;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      if (left > 0) {
        int count = Math.min(left, length - done);
        target.write(bytes, offset + done, count);
        left -= count;
        done += count;
      } else {
        int count = Math.min(header.remaining(), length - done);
        header.put(bytes, offset + done, count);
        done += count;
        if (!header.hasRemaining()) {
          left = header.getInt(LENGTH);
          header.clear();
        }
      }
    }
  }

  @Override
  public void flush() throws IOException {
    target.flush();
  }
}
