package io.metanode.containers.engine;

import io.metanode.foundation.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Counts and hashes what is written. */
final class Tally {

  private final MessageDigest hash;
  private long count;

  Tally() {
    try {
      hash = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** A stream that counts what it passes on; closing it leaves the target open. */
  OutputStream into(OutputStream target) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        target.write(bytes, offset, length);
        hash.update(bytes, offset, length);
        count += length;
      }

      @Override
      public void flush() throws IOException {
        target.flush();
      }
    };
  }

  long count() {
    return count;
  }

  /** The SHA-256 of it all; to be called once. */
  Digest digest() {
    return Digest.ofBytes(hash.digest());
  }

  /** What a receipt says of a copy that broke off. */
  String failure(Exception cause) {
    return count == 0
        ? String.valueOf(cause.getMessage())
        : "broken off after " + count + " bytes: " + cause.getMessage();
  }
}
