package io.metanode.containers.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A body of unknown length. What is written is gathered up to 32 KiB and goes out as one chunk on
 * {@link #flush} or when full. Safe for several writing threads.
 */
final class ChunkedOutput extends OutputStream {

  private static final byte[] END = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Room in front of the data for the size line: eight digits, CR, LF. */
  private static final int SIZE_LINE = 10;

  private static final int CAPACITY = 32 * 1024;

  private final OutputStream output;
  private final boolean framed;
  private byte[] buffer = new byte[512];
  private int length;
  private boolean closed;

  /**
   * @param framed false for HTTP/1.0, where the end of the connection ends the body
   */
  ChunkedOutput(OutputStream output, boolean framed) {
    this.output = output;
    this.framed = framed;
  }

  @Override
  public synchronized void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
    if (closed) {
      throw new IOException("the response has ended");
    }
    int from = offset;
    int left = count;
    while (left > 0) {
      ensureRoom(left);
      int part = Math.min(left, CAPACITY - length);
      System.arraycopy(bytes, from, buffer, SIZE_LINE + length, part);
      length += part;
      from += part;
      left -= part;
      if (length == CAPACITY) {
        flush();
      }
    }
  }

  private void ensureRoom(int wanted) {
    int needed = SIZE_LINE + Math.min(CAPACITY, length + wanted) + 2;
    if (buffer.length < needed) {
      byte[] larger =
          new byte[Math.max(needed, Math.min(2 * buffer.length, CAPACITY + SIZE_LINE + 2))];
      System.arraycopy(buffer, SIZE_LINE, larger, SIZE_LINE, length);
      buffer = larger;
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    if (length == 0) {
      return;
    }
    int count = length;
    length = 0;
    if (!framed) {
      output.write(buffer, SIZE_LINE, count);
      return;
    }
    byte[] size = Integer.toHexString(count).getBytes(StandardCharsets.US_ASCII);
    int start = SIZE_LINE - 2 - size.length;
    System.arraycopy(size, 0, buffer, start, size.length);
    buffer[SIZE_LINE - 2] = '\r';
    buffer[SIZE_LINE - 1] = '\n';
    buffer[SIZE_LINE + count] = '\r';
    buffer[SIZE_LINE + count + 1] = '\n';
    output.write(buffer, start, SIZE_LINE - start + count + 2);
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    flush();
    closed = true;
    if (framed) {
      output.write(END);
    }
  }

  /** Whether the body has been ended. */
  synchronized boolean closed() {
    return closed;
  }
}
