package io.metanode.crypto;

import org.bouncycastle.crypto.digests.Blake3Digest;

/** BLAKE3 with its default 32-byte output (BLAKE3 specification, 2020), unkeyed. */
public final class Blake3 {

  private static final int LENGTH = 32;

  private Blake3() {}

  public static byte[] of(byte[] message) {
    Blake3Digest digest = new Blake3Digest(LENGTH);
    digest.update(message, 0, message.length);
    byte[] hash = new byte[LENGTH];
    digest.doFinal(hash, 0);
    return hash;
  }
}
