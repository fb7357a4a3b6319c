package io.metanode.ledger.store;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A block as the log holds it: magic number, length, height, CRC-32C of all that follows the
 * checksum and of length and height, payload.
 */
record LogRecord(long height, Bytes payload) {

  static final int FRAME = 4 + 4 + 8 + 4;

  private static final int MAGIC = 0x4d4e5201;

  /** What comes before the payload. */
  Bytes frame() {
    return new Encoder(FRAME)
        .u32(MAGIC)
        .u32(payload.length())
        .u64(height)
        .u32(checksum(height, payload))
        .finish();
  }

  int length() {
    return FRAME + payload.length();
  }

  private static int checksum(long height, Bytes payload) {
    CRC32C crc = new CRC32C();
    crc.update(new Encoder(12).u32(payload.length()).u64(height).toArray());
    payload.addTo(crc);
    return (int) crc.getValue();
  }

  /** The length of the record that begins with this frame; empty if it is none. */
  static Optional<Integer> length(Bytes frame) {
    try {
      Decoder in = frame.decoder();
      in.magic(MAGIC);
      return Optional.of(Math.addExact(in.u31(), FRAME));
    } catch (DecodingException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** The record with exactly these bytes; empty if it is damaged. */
  static Optional<LogRecord> decode(Bytes record) {
    try {
      Decoder in = record.decoder();
      in.magic(MAGIC);
      int length = in.u31();
      long height = in.u63();
      int checksum = in.u16() << 16 | in.u16();
      Bytes payload = in.raw(length);
      in.end();
      boolean intact = checksum == checksum(height, payload);
      return intact ? Optional.of(new LogRecord(height, payload)) : Optional.empty();
    } catch (DecodingException e) {
      return Optional.empty();
    }
  }
}
