package io.metanode.receipts.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Entries that were made durable together: one write, one sync. A group begins on a page of its
 * own, so that writing it never touches bytes that are durable already. Big-endian: magic {@code
 * MNJ1}, body length (4), index of the first entry (8), number of entries (4), CRC-32C of all that
 * and the body (4); then the body, each entry after its length (4).
 *
 * @param first the index of the first entry
 * @param entries the entries
 * @param end where the group's last page ends in its segment
 */
public record Group(long first, List<byte[]> entries, int end) {

  /** Groups begin at multiples of this, in bytes. */
  public static final int PAGE = 4_096;

  static final int HEADER = 24;
  static final int LENGTH = 4;

  private static final int MAGIC = 0x4d4e4a31;
  private static final int CHECKED = 20;

  public Group {
    entries = List.copyOf(entries);
  }

  /** The index after the last entry. */
  public long next() {
    return first + entries.size();
  }

  static int pages(int length) {
    return (length + PAGE - 1) / PAGE * PAGE;
  }

  /** Completes a group whose body stands in {@code buffer} after room for the header. */
  static void seal(ByteBuffer buffer, long first, int count) {
    int length = buffer.position();
    buffer.putInt(0, MAGIC).putInt(4, length - HEADER).putLong(8, first).putInt(16, count);
    buffer.putInt(CHECKED, crc(buffer, 0, length - HEADER));
    buffer.flip();
  }

  private static int crc(ByteBuffer buffer, int start, int bodyLength) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.slice(start, CHECKED));
    crc.update(buffer.slice(start + HEADER, bodyLength));
    return (int) crc.getValue();
  }

  /** The group at {@code start}; empty if no whole and sound group is there. */
  static Optional<Group> at(ByteBuffer segment, int start) {
    int room = segment.limit() - start - HEADER;
    if (room < 0 || segment.getInt(start) != MAGIC) {
      return Optional.empty();
    }
    int length = segment.getInt(start + 4);
    if (length < 0
        || length > room
        || segment.getInt(start + CHECKED) != crc(segment, start, length)) {
      return Optional.empty();
    }
    int count = segment.getInt(start + 16);
    if (count < 1) {
      return Optional.empty();
    }
    List<byte[]> entries = new ArrayList<>();
    int at = start + HEADER;
    int end = at + length;
    for (int i = 0; i < count; i++) {
      if (end - at < LENGTH || segment.getInt(at) < 0 || segment.getInt(at) > end - at - LENGTH) {
        return Optional.empty();
      }
      byte[] entry = new byte[segment.getInt(at)];
      segment.get(at + LENGTH, entry);
      entries.add(entry);
      at += LENGTH + entry.length;
    }
    int next = start + pages(HEADER + length);
    if (at != end || !zeros(segment, end, next)) {
      return Optional.empty();
    }
    return Optional.of(new Group(segment.getLong(start + 8), entries, next));
  }

  private static boolean zeros(ByteBuffer segment, int from, int to) {
    for (int i = from; i < Math.min(to, segment.limit()); i++) {
      if (segment.get(i) != 0) {
        return false;
      }
    }
    return true;
  }
}
