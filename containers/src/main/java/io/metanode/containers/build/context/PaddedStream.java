package io.metanode.containers.build.context;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A tar archive filled up to whole records: docker's client ends one that it adds a Dockerfile to
 * with the last byte of that.
 */
final class PaddedStream extends FilterInputStream {

  private static final int RECORD_BYTES = 512;

  private long position;
  private long length = Long.MAX_VALUE;

  PaddedStream(InputStream in) {
    super(in);
  }

  /** How long the archive itself is; the largest number until its end was read. */
  long length() {
    return length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    int n = length == Long.MAX_VALUE ? in.read(target, offset, count) : -1;
    if (n < 0) {
      length = Math.min(length, position);
      long left = (RECORD_BYTES - position % RECORD_BYTES) % RECORD_BYTES;
      n = (int) Math.min(left, count);
      Arrays.fill(target, offset, offset + n, (byte) 0);
    }
    position += n;
    return n == 0 && count > 0 ? -1 : n;
  }

  @Override
  public long skip(long count) throws IOException {
    return Math.max(0, read(new byte[Math.clamp(count, 0, 1 << 16)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
