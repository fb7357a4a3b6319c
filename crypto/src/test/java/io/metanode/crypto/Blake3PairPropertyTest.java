package io.metanode.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.testkit.Property;
import java.nio.ByteBuffer;
import org.bouncycastle.crypto.digests.Blake3Digest;
import org.bouncycastle.crypto.params.Blake3Parameters;
import org.junit.jupiter.api.Test;

/** Against a general implementation in its keyed mode. */
class Blake3PairPropertyTest {

  private static byte[] general(byte[] key, byte[] message) {
    Blake3Digest digest = new Blake3Digest(32);
    digest.init(Blake3Parameters.key(key));
    digest.update(message, 0, message.length);
    byte[] hash = new byte[32];
    digest.doFinal(hash, 0);
    return hash;
  }

  private static byte[] pair(byte[] key, byte[] message) {
    ByteBuffer m = ByteBuffer.wrap(message);
    return new Blake3Pair(key)
        .hash(
            m.getLong(),
            m.getLong(),
            m.getLong(),
            m.getLong(),
            m.getLong(),
            m.getLong(),
            m.getLong(),
            m.getLong(),
            (a, b, c, d) ->
                ByteBuffer.allocate(32).putLong(a).putLong(b).putLong(c).putLong(d).array());
  }

  @Test
  void isTheKeyedHash() {
    Property.check(
        "keyed BLAKE3 of 64 bytes",
        500,
        gen -> {
          byte[] key = gen.bytes(32);
          byte[] message = gen.bytes(64);
          assertArrayEquals(general(key, message), pair(key, message));
        });
  }

  @Test
  void keyHas32Bytes() {
    assertThrows(IllegalArgumentException.class, () -> new Blake3Pair(new byte[31]));
  }
}
