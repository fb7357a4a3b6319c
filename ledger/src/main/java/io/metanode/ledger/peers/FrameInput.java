package io.metanode.ledger.peers;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads frames. It allocates no more for a frame than has arrived, and a bit. */
final class FrameInput {

  private final DataInputStream in;

  FrameInput(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /**
   * The next frame; empty for a sign of life.
   *
   * @throws ProtocolException if the bytes are no frame
   * @throws EOFException at the end
   */
  Optional<Frame> next() throws IOException {
    int code = in.readUnsignedByte();
    int length = in.readInt();
    if (code == Frame.KEEP_ALIVE && length == 0) {
      return Optional.empty();
    }
    Lane lane = Lane.ofCode(code).orElseThrow(() -> new ProtocolException("no lane " + code));
    if (length < 0 || length > lane.maxFrame()) {
      throw new ProtocolException(
          "a frame of %s bytes on lane %s".formatted(Integer.toUnsignedString(length), lane));
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("a frame ends early");
    }
    return Optional.of(new Frame(lane, payload));
  }
}
