package io.metanode.containers.websocket;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a client's messages hold, one after the other, however they were cut into frames (RFC 6455
 * section 5). Payloads are handed on as they come, so that their length costs no memory. Pings are
 * answered, a close is answered and ends the stream; whatever breaks the protocol is told to the
 * client and ends it with an error. Whether text is UTF-8 is not looked at: it goes to a process.
 */
final class FrameInput extends InputStream {

  private static final int FINAL = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0F;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7F;
  private static final int MOST_OF_CONTROL = 125;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final int LEAST_OF_EIGHT_BYTES = 0x1_0000;
  private static final int MASK_BYTES = 4;

  private final DataInputStream source;
  private final FrameOutput answers;
  private final Closing closing;
  private final byte[] mask = new byte[MASK_BYTES];
  private int turn;
  private long left;
  private boolean within;
  private boolean ended;

  /**
   * @param answers where pings and closes are answered
   * @param closing ends the connection: after a close has come and gone, the server does so
   */
  FrameInput(InputStream source, FrameOutput answers, Closing closing) {
    this.source = new DataInputStream(source);
    this.answers = answers;
    this.closing = closing;
  }

  /** Ends a connection. */
  @FunctionalInterface
  interface Closing {
    void close() throws IOException;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (left == 0 && !ended) {
      next();
    }
    if (ended) {
      return -1;
    }
    int count = source.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the client went amid a frame");
    }
    unmask(target, offset, count);
    left -= count;
    return count;
  }

  /** Reads the next frame's head, and all of a frame that is no data. */
  private void next() throws IOException {
    int first = source.read();
    if (first < 0) {
      ended = true;
      return;
    }
    int opcode = first & OPCODE;
    boolean last = (first & FINAL) != 0;
    require((first & RESERVED) == 0, "a reserved bit is set");
    require(Opcode.isKnown(opcode), "there is no such frame");
    int second = source.readUnsignedByte();
    require((second & MASKED) != 0, "a client's frames are masked");
    int length = second & LENGTH;
    if (Opcode.isControl(opcode)) {
      require(last && length <= MOST_OF_CONTROL, "a control frame is short and whole");
      source.readFully(mask);
      control(opcode, payload(length));
      return;
    }
    require((opcode == Opcode.CONTINUATION) == within, "a message was begun, or none was");
    within = !last;
    left = length(length);
    source.readFully(mask);
    turn = 0;
  }

  private long length(int written) throws IOException {
    long length =
        switch (written) {
          case TWO_BYTES -> source.readUnsignedShort();
          case EIGHT_BYTES -> source.readLong();
          default -> written;
        };
    require(written != TWO_BYTES || length >= TWO_BYTES, "a length is as short as can be");
    require(written != EIGHT_BYTES || length >= LEAST_OF_EIGHT_BYTES, "a length is none");
    return length;
  }

  private byte[] payload(int length) throws IOException {
    byte[] payload = new byte[length];
    source.readFully(payload);
    turn = 0;
    unmask(payload, 0, length);
    return payload;
  }

  private void control(int opcode, byte[] payload) throws IOException {
    switch (opcode) {
      case Opcode.PING -> answers.pong(payload);
      case Opcode.CLOSE -> close(payload);
      default -> {} // a pong needs no answer
    }
  }

  private void close(byte[] payload) throws IOException {
    ended = true;
    int code = CloseCode.NORMAL;
    if (payload.length > 0) {
      require(payload.length > 1, "a close has a code of two bytes");
      code = Byte.toUnsignedInt(payload[0]) << Byte.SIZE | Byte.toUnsignedInt(payload[1]);
      require(CloseCode.isAllowed(code), "there is no such code");
    }
    end(code);
  }

  private void end(int code) throws IOException {
    try {
      answers.close(code);
    } finally {
      closing.close();
    }
  }

  private void unmask(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      bytes[i] ^= mask[turn];
      turn = (turn + 1) % MASK_BYTES;
    }
  }

  private void require(boolean kept, String rule) throws IOException {
    if (!kept) {
      ended = true;
      end(CloseCode.PROTOCOL_ERROR);
      throw new IOException("not a WebSocket's frame: " + rule);
    }
  }
}
