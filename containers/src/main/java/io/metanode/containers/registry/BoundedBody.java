package io.metanode.containers.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that ends with an error once it is longer than it may be. */
final class BoundedBody extends FilterInputStream {

  private final long mostBytes;
  private final String address;
  private long count;

  BoundedBody(InputStream in, long mostBytes, String address) {
    super(in);
    this.mostBytes = mostBytes;
    this.address = address;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int n = in.read(target, offset, length);
    count += Math.max(0, n);
    if (count > mostBytes) {
      throw new IOException(address + " is larger than " + mostBytes + " bytes");
    }
    return n;
  }

  @Override
  public long skip(long bytes) throws IOException {
    return Math.max(0, read(new byte[Math.clamp(bytes, 0, 1 << 16)]));
  }
}
