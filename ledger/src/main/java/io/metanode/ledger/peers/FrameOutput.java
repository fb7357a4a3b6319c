package io.metanode.ledger.peers;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes frames, several in one TLS record where they are short. */
final class FrameOutput {

  /** The most a TLS record holds. */
  private static final int RECORD = 1 << 14;

  private final DataOutputStream out;

  FrameOutput(OutputStream out) {
    this.out = new DataOutputStream(new BufferedOutputStream(out, RECORD));
  }

  void write(Frame frame) throws IOException {
    out.writeByte(frame.lane().code());
    out.writeInt(frame.payload().length);
    out.write(frame.payload());
  }

  /** Says that we live. */
  void keepAlive() throws IOException {
    out.writeByte(Frame.KEEP_ALIVE);
    out.writeInt(0);
  }

  void flush() throws IOException {
    out.flush();
  }
}
