package io.metanode.economy.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.DecodingException;
import io.metanode.testkit.Property;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** One encoding for each value, and nothing else decodes. */
class EntryCodecPropertyTest {

  private static final int CASES = 5_000;

  @Test
  void decodingUndoesEncoding() {
    Property.check(
        "entries come back",
        CASES,
        gen -> {
          Entry entry = TransferGen.entry(gen);
          Bytes encoded = entry.encode();
          assertEquals(entry, Entry.decode(encoded));
          assertTrue(encoded.length() <= Entry.MAX_LENGTH);
        });
  }

  @Test
  void whateverDecodesIsTheEncodingOfItsValue() {
    Property.check(
        "no second encoding",
        CASES,
        gen -> {
          byte[] bytes = TransferGen.entry(gen).encode().toArray();
          for (int flips = gen.intBetween(1, 3); flips > 0; flips--) {
            // Codes, flags and lengths are near the beginning: aim there half of the time.
            int most = gen.bool() ? Math.min(bytes.length, 44) : bytes.length;
            bytes[gen.intBetween(0, most - 1)] =
                (byte) (int) gen.pick(0, 1, 2, 0x80, 0xff, gen.intBetween(0, 255));
          }
          try {
            assertEquals(Bytes.of(bytes), Entry.decode(Bytes.of(bytes)).encode());
          } catch (DecodingException refused) {
            assertTrue(refused.offset() <= bytes.length);
          }
        });
  }

  @Test
  void everyPrefixAndEveryLongerOneIsRefused() {
    Property.check(
        "lengths",
        CASES / 10,
        gen -> {
          byte[] bytes = TransferGen.entry(gen).encode().toArray();
          for (int length = 0; length < bytes.length; length++) {
            Bytes prefix = Bytes.of(Arrays.copyOf(bytes, length));
            assertThrows(DecodingException.class, () -> Entry.decode(prefix));
          }
          Bytes longer = Bytes.of(Arrays.copyOf(bytes, bytes.length + 1));
          assertThrows(DecodingException.class, () -> Entry.decode(longer));
        });
  }
}
