package io.metanode.containers.engine;

import java.nio.ByteBuffer;

/** Frames of multiplexed output: {@code [stream, 0, 0, 0, length big-endian 32]}, then bytes. */
public final class Frames {

  public static final int STDOUT = 1;
  public static final int STDERR = 2;

  /** What follows is why there is no stream; clients fail with it. */
  public static final int ERROR = 3;

  private static final int HEADER_BYTES = 8;

  private Frames() {}

  public static byte[] frame(int stream, byte[] bytes, int length) {
    return frame(stream, bytes, 0, length);
  }

  static byte[] frame(int stream, byte[] bytes, int offset, int length) {
    return ByteBuffer.allocate(HEADER_BYTES + length)
        .put((byte) stream)
        .put(3, (byte) 0)
        .putInt(4, length)
        .put(HEADER_BYTES, bytes, offset, length)
        .array();
  }

  /** How many bytes follow a frame's header. */
  static int length(byte[] header) {
    return ByteBuffer.wrap(header).getInt(4);
  }
}
