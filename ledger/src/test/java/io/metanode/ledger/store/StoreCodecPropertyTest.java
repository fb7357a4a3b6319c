package io.metanode.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.Decoding;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The formats that only the store reads. */
class StoreCodecPropertyTest {

  @Test
  void blockEntries() {
    Property.check(
        "block entry codec",
        50,
        gen -> {
          LogPosition position =
              new LogPosition(gen.between(0, 99), gen.nextLong() >>> 1, gen.intBetween(0, 1 << 30));
          BlockEntry entry = new BlockEntry(position, gen.list(0, 9, g -> g.intBetween(0, 0xffff)));
          Decoding.check(gen, entry.encode(), b -> BlockEntry.decode(b).encode());
        });
  }

  @Test
  void recordWithAnyBitFlippedIsNone() {
    Gen gen = new Gen(1);
    LogRecord record = new LogRecord(7, Bytes.of(gen.bytes(50)));
    Bytes whole = new Encoder(record.length()).raw(record.frame()).raw(record.payload()).toBytes();
    byte[] encoded = whole.toArray();
    assertEquals(Optional.of(record), LogRecord.decode(Bytes.of(encoded)));
    for (int bit = 0; bit < encoded.length * 8; bit++) {
      byte[] flipped = encoded.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertEquals(Optional.empty(), LogRecord.decode(Bytes.of(flipped)), "bit " + bit);
    }
  }
}
