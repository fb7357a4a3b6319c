package io.metanode.containers.websocket;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Sends bytes as frames, each write a whole message, not masked as a server's are not. Frames of
 * several threads do not mix. Nothing is sent after a close.
 */
final class FrameOutput extends OutputStream {

  private static final int FINAL = 0x80;
  private static final int SHORT_LENGTH = 125;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final int MOST_OF_TWO_BYTES = 0xFFFF;
  private static final int LONGEST_HEAD = 10;

  private final OutputStream target;
  private final int opcode;
  private boolean closed;

  FrameOutput(OutputStream target, boolean binary) {
    this.target = target;
    opcode = binary ? Opcode.BINARY : Opcode.TEXT;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0) {
      send(opcode, bytes, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    target.flush();
  }

  void pong(byte[] payload) throws IOException {
    send(Opcode.PONG, payload, 0, payload.length);
  }

  /** Says once that no more comes, and why; does nothing the second time. */
  synchronized void close(int code) throws IOException {
    if (!closed) {
      byte[] payload = ByteBuffer.allocate(Short.BYTES).putShort((short) code).array();
      send(Opcode.CLOSE, payload, 0, payload.length);
      closed = true;
    }
  }

  private synchronized void send(int opcode, byte[] bytes, int offset, int length)
      throws IOException {
    if (closed) {
      throw new IOException("the WebSocket is closed");
    }
    ByteBuffer frame = ByteBuffer.allocate(LONGEST_HEAD + length);
    frame.put((byte) (FINAL | opcode));
    if (length <= SHORT_LENGTH) {
      frame.put((byte) length);
    } else if (length <= MOST_OF_TWO_BYTES) {
      frame.put((byte) TWO_BYTES).putShort((short) length);
    } else {
      frame.put((byte) EIGHT_BYTES).putLong(length);
    }
    frame.put(bytes, offset, length);
    target.write(frame.array(), 0, frame.position());
    target.flush();
  }
}
