package io.metanode.receipts.tile;

import io.metanode.crypto.MlDsa44;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The ML-DSA-44 cosignature of a checkpoint (C2SP tlog-cosignature, {@code subtree/v1}). */
final class Cosignature {

  private static final byte[] LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST = 255;

  private Cosignature() {}

  /** The bytes that are signed: the subtree from 0 to the checkpoint's size. */
  static byte[] message(String cosigner, long timestamp, Checkpoint checkpoint) {
    byte[] name = bounded(cosigner);
    byte[] origin = bounded(checkpoint.origin());
    int length = LABEL.length + 1 + name.length + 8 + 1 + origin.length + 8 + 8 + 32;
    return ByteBuffer.allocate(length)
        .put(LABEL)
        .put((byte) name.length)
        .put(name)
        .putLong(timestamp)
        .put((byte) origin.length)
        .put(origin)
        .putLong(0)
        .putLong(checkpoint.size())
        .put(checkpoint.root())
        .array();
  }

  private static byte[] bounded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > MOST) {
      throw new IllegalArgumentException("a name of 1 to 255 bytes is needed, not " + text);
    }
    return bytes;
  }

  /** The form in a note: the timestamp, then the signature. */
  static byte[] encode(long timestamp, byte[] signature) {
    return ByteBuffer.allocate(8 + signature.length).putLong(timestamp).put(signature).array();
  }

  static boolean valid(VerifierKey key, Checkpoint checkpoint, byte[] timestamped) {
    if (timestamped.length != 8 + MlDsa44.SIGNATURE_LENGTH) {
      return false;
    }
    long timestamp = ByteBuffer.wrap(timestamped).getLong();
    byte[] signature = Arrays.copyOfRange(timestamped, 8, timestamped.length);
    return timestamp >= 0
        && MlDsa44.verifies(key.key(), message(key.name(), timestamp, checkpoint), signature);
  }
}
