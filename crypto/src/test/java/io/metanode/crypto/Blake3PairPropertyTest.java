package io.metanode.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.testkit.Property;
import java.nio.ByteBuffer;
import java.util.Arrays;
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
  void manyAtOnceAreTheHashesOfEach() {
    Property.check(
        "keyed BLAKE3 of many messages",
        100,
        gen -> {
          byte[] key = gen.bytes(32);
          int count = gen.intBetween(0, 40);
          byte[] messages = gen.bytes(count * 64);
          long[] numbers = new long[count * 8];
          ByteBuffer.wrap(messages).asLongBuffer().get(numbers);
          long[] hashes = new long[count * 4 + 1];
          hashes[count * 4] = 7;
          new Blake3Pair(key).hash(numbers, hashes, count);
          ByteBuffer found = ByteBuffer.allocate(count * 32);
          found.asLongBuffer().put(hashes, 0, count * 4);
          for (int i = 0; i < count; i++) {
            byte[] message = Arrays.copyOfRange(messages, i * 64, (i + 1) * 64);
            byte[] hash = Arrays.copyOfRange(found.array(), i * 32, (i + 1) * 32);
            assertArrayEquals(general(key, message), hash);
          }
          assertEquals(7, hashes[count * 4]);
          long[] slow = new long[count * 4];
          new Blake3Pair(key).hashInJava(numbers, slow, count);
          assertArrayEquals(slow, Arrays.copyOf(hashes, count * 4));
        });
  }

  @Test
  void messagesAndHashesMustBeThere() {
    Blake3Pair pair = new Blake3Pair(new byte[32]);
    assertThrows(IndexOutOfBoundsException.class, () -> pair.hash(new long[8], new long[8], 2));
    assertThrows(IndexOutOfBoundsException.class, () -> pair.hash(new long[16], new long[7], 2));
  }

  @Test
  void keyHas32Bytes() {
    assertThrows(IllegalArgumentException.class, () -> new Blake3Pair(new byte[31]));
  }
}
