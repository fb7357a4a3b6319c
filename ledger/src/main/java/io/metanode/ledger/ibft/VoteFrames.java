package io.metanode.ledger.ibft;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Encoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How vote records lie in an append-only journal: length as u32, CRC-32C of the record as u32, the
 * record; all big-endian. The last whole record counts. A torn tail is what a crash leaves of a
 * record that was not durable, so nothing that depends on it was sent.
 */
public final class VoteFrames {

  private static final int HEADER = 2 * Integer.BYTES;

  private VoteFrames() {}

  public static byte[] frame(byte[] record) {
    return frame(Bytes.of(record)).toArray();
  }

  public static Bytes frame(Bytes record) {
    return new Encoder(HEADER + record.length()).raw(head(record)).raw(record).finish();
  }

  /**
   * What comes before a record.
   *
   * @param parts of the record, in their order
   */
  public static Bytes head(Bytes... parts) {
    CRC32C checksum = new CRC32C();
    int length = 0;
    for (Bytes part : parts) {
      part.addTo(checksum);
      length += part.length();
    }
    return new Encoder(HEADER).u32(length).u32((int) checksum.getValue()).finish();
  }

  /** The last whole record of a journal; empty if there is none. */
  public static Optional<byte[]> last(byte[] journal) {
    Optional<byte[]> last = Optional.empty();
    ByteBuffer rest = ByteBuffer.wrap(journal);
    while (rest.remaining() >= HEADER) {
      int length = rest.getInt();
      int checksum = rest.getInt();
      if (length < 0 || length > rest.remaining()) {
        return last;
      }
      byte[] record = new byte[length];
      rest.get(record);
      if (checksum(record) != checksum) {
        return last;
      }
      last = Optional.of(record);
    }
    return last;
  }

  /**
   * All records of a journal up to its torn tail.
   *
   * @return empty if a record is damaged that others follow: that is no torn write
   */
  public static Optional<List<byte[]>> all(byte[] journal) {
    List<byte[]> records = new ArrayList<>();
    int whole = wholeLength(journal);
    for (int at = 0; at < whole; ) {
      int length = ByteBuffer.wrap(journal, at, Integer.BYTES).getInt();
      records.add(Arrays.copyOfRange(journal, at + HEADER, at + HEADER + length));
      at += HEADER + length;
    }
    boolean framed = journal.length - whole >= HEADER;
    int length = framed ? ByteBuffer.wrap(journal, whole, Integer.BYTES).getInt() : -1;
    long next = (long) whole + HEADER + length;
    boolean damaged =
        length >= 0
            && next < journal.length
            && wholeLength(Arrays.copyOfRange(journal, (int) next, journal.length)) > 0;
    return damaged ? Optional.empty() : Optional.of(records);
  }

  /** How many bytes of a journal are whole records; whoever appends truncates it to these. */
  public static int wholeLength(byte[] journal) {
    int whole = 0;
    while (whole + HEADER <= journal.length) {
      int length = ByteBuffer.wrap(journal, whole, Integer.BYTES).getInt();
      int end = whole + HEADER + length;
      if (length < 0
          || end < 0
          || end > journal.length
          || last(Arrays.copyOfRange(journal, whole, end)).isEmpty()) {
        return whole;
      }
      whole = end;
    }
    return whole;
  }

  private static int checksum(byte[] record) {
    CRC32C checksum = new CRC32C();
    checksum.update(record);
    return (int) checksum.getValue();
  }
}
