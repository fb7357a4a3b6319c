package io.metanode.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.testkit.Gen;
import java.util.Arrays;

/** What every decoder must do with bytes that nobody encoded. */
public final class Decoding {

  private Decoding() {}

  /** A decoder and the encoder of what it gives. */
  @FunctionalInterface
  public interface RoundTrip {
    Bytes reencode(Bytes encoded) throws DecodingException;
  }

  /**
   * Decoding gives the value back; every prefix and one byte more is refused; whatever else the
   * decoder accepts encodes to the very bytes it read.
   */
  public static void check(Gen gen, Bytes encoded, RoundTrip codec) throws DecodingException {
    assertEquals(encoded, codec.reencode(encoded));
    byte[] bytes = encoded.toArray();
    int cut = gen.intBetween(0, bytes.length - 1);
    DecodingException truncated = refused(codec, Arrays.copyOf(bytes, cut));
    assertEquals(DecodingFault.TRUNCATED, truncated.fault(), truncated.getMessage());
    DecodingException trailing = refused(codec, Arrays.copyOf(bytes, bytes.length + 1));
    assertEquals(DecodingFault.TRAILING, trailing.fault(), trailing.getMessage());
    for (int i = 0; i < 20; i++) {
      byte[] mutated = bytes.clone();
      mutated[gen.intBetween(0, bytes.length - 1)] ^= (byte) (1 << gen.intBetween(0, 7));
      accepted(codec, Bytes.of(mutated));
      accepted(codec, Bytes.of(gen.bytes(gen.intBetween(0, bytes.length))));
    }
  }

  private static void accepted(RoundTrip codec, Bytes bytes) {
    Bytes again;
    try {
      again = codec.reencode(bytes);
    } catch (DecodingException e) {
      return;
    }
    assertEquals(bytes, again, "two encodings of one value");
  }

  private static DecodingException refused(RoundTrip codec, byte[] bytes) {
    return assertThrows(DecodingException.class, () -> codec.reencode(Bytes.of(bytes)));
  }
}
