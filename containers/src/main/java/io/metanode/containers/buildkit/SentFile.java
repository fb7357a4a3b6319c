package io.metanode.containers.buildkit;

import com.google.protobuf.ByteString;
import io.metanode.containers.buildkit.wire.BytesMessage;
import io.metanode.containers.image.blob.Sha256;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** One stream of bytes to a client, in messages of some size; what was sent is known by digest. */
final class SentFile extends OutputStream {

  private static final int PART_BYTES = 64 << 10;
  private static final long TELL_BYTES = 1 << 20;

  private final Sending<BytesMessage> sending;
  private final Progress progress;
  private final String status;
  private final MessageDigest hash = Sha256.start();
  private final byte[] part = new byte[PART_BYTES];
  private int filled;
  private long sent;
  private long told;

  /**
   * @param status what the progress calls it
   */
  SentFile(Sending<BytesMessage> sending, Progress progress, String status) {
    this.sending = sending;
    this.progress = progress;
    this.status = status;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int count = Math.min(length - done, PART_BYTES - filled);
      System.arraycopy(bytes, offset + done, part, filled, count);
      filled += count;
      done += count;
      if (filled == PART_BYTES) {
        send();
      }
    }
  }

  private void send() throws IOException {
    sending.write(BytesMessage.newBuilder().setData(ByteString.copyFrom(part, 0, filled)).build());
    hash.update(part, 0, filled);
    sent += filled;
    filled = 0;
    if (sent - told >= TELL_BYTES) {
      told = sent;
      progress.status(status, sent, 0, false);
    }
  }

  /** Sends what is left and waits until the client has it; the digest of all that was sent. */
  Digest finish() throws IOException {
    if (filled > 0) {
      send();
    }
    sending.finish();
    progress.status(status, sent, 0, true);
    return Digest.ofBytes(hash.digest());
  }
}
