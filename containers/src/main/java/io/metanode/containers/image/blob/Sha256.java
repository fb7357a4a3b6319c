package io.metanode.containers.image.blob;

import io.metanode.foundation.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, the digest of OCI content addresses. */
public final class Sha256 {

  private static final int BUFFER_BYTES = 1 << 16;

  private Sha256() {}

  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  public static Digest of(byte[] bytes) {
    return Digest.ofBytes(start().digest(bytes));
  }

  /** The digest of all that is left in a stream. */
  public static Digest of(InputStream in) throws IOException {
    MessageDigest hash = start();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      hash.update(buffer, 0, n);
    }
    return Digest.ofBytes(hash.digest());
  }
}
