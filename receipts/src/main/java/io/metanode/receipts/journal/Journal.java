package io.metanode.receipts.journal;

import io.metanode.receipts.disk.Disk;
import io.metanode.receipts.disk.WritableFile;
import io.metanode.receipts.statement.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The write-ahead journal: segments of zeros, allocated before they are needed, into which groups
 * of entries are written. Room is reserved for the largest entry alone in its group, so that a full
 * disk shows when room is asked for and never when it is used. One thread writes; any may reserve.
 */
public final class Journal implements AutoCloseable {

  /** The most room an entry can take, in bytes. */
  static final int RESERVED = Group.pages(Group.HEADER + Group.LENGTH + Limits.ENTRY);

  private static final int FIRST_BUFFER = 1 << 18;

  /** A segment that is written to the end; deleted once its entries stand elsewhere. */
  private record Full(long number, long next) {}

  private final Disk disk;
  private final Path directory;
  private final int segmentSize;

  /** What the next group is made in; as large as the largest that was written. */
  private ByteBuffer buffer = ByteBuffer.allocateDirect(FIRST_BUFFER);

  private final Deque<Long> spares = new ArrayDeque<>();
  private final Deque<Full> full = new ArrayDeque<>();
  private long reserved;
  private long lastSegment;
  private long active;
  private int end;
  private long next;
  private WritableFile file;

  private Journal(Disk disk, Path directory, int segmentSize, JournalScan scan, long first)
      throws IOException {
    this.disk = disk;
    this.directory = directory;
    this.segmentSize = segmentSize;
    next = first;
    if (scan.segments().isEmpty()) {
      active = newSegment();
    } else {
      List<Long> segments = scan.segments();
      lastSegment = segments.getLast();
      active = segments.get(scan.active());
      end = scan.end();
      segments.subList(0, scan.active()).forEach(number -> full.add(new Full(number, first)));
      spares.addAll(segments.subList(scan.active() + 1, segments.size()));
    }
    file = disk.open(directory.resolve(JournalScan.name(active)));
    if (scan.torn()) {
      file.write(end, ByteBuffer.allocate(segmentSize - end));
      file.force();
    }
  }

  /**
   * Opens the journal after what {@code scan} found; an interrupted write is wiped.
   *
   * @param first the index of the next entry
   */
  public static Journal open(
      Disk disk, Path directory, int segmentSize, JournalScan scan, long first) throws IOException {
    if (segmentSize < 2 * RESERVED) {
      throw new IllegalArgumentException("a segment is at least " + 2 * RESERVED + " bytes");
    }
    return new Journal(disk, directory, segmentSize, scan, first);
  }

  private long newSegment() throws IOException {
    long number = lastSegment + 1;
    disk.allocate(directory.resolve(JournalScan.name(number)), segmentSize);
    lastSegment = number;
    return number;
  }

  /**
   * Reserves room for one entry.
   *
   * @throws IOException if the disk has none
   */
  public synchronized void reserve() throws IOException {
    while (room() < reserved + RESERVED) {
      spares.add(newSegment());
    }
    reserved += RESERVED;
  }

  /** Gives back what {@link #reserve} took, once the entries are written or will not be. */
  public synchronized void release(int entries) {
    reserved -= (long) entries * RESERVED;
  }

  /** Allocates a segment ahead of need, if none is there. */
  public synchronized void prepare() throws IOException {
    if (spares.isEmpty()) {
      spares.add(newSegment());
    }
  }

  /** The room left, less what the end of each segment may leave unused. */
  private long room() {
    return (segmentSize - end - RESERVED) + (long) spares.size() * (segmentSize - RESERVED);
  }

  /** How many of the first of these entries fit in one group. */
  private int fit(List<byte[]> entries, int from) {
    int length = Group.HEADER;
    int count = 0;
    while (from + count < entries.size()) {
      length += Group.LENGTH + entries.get(from + count).length;
      if (Group.pages(length) > segmentSize - end) {
        break;
      }
      count++;
    }
    return count;
  }

  /**
   * Writes entries; they are durable when this returns.
   *
   * @throws IOException if they are not; the journal must then be closed
   */
  public void write(List<byte[]> entries) throws IOException {
    int from = 0;
    while (from < entries.size()) {
      int count = fit(entries, from);
      if (count > 0) {
        writeGroup(entries.subList(from, from + count));
        from += count;
      }
      if (from < entries.size()) {
        nextSegment();
      }
    }
  }

  private void writeGroup(List<byte[]> entries) throws IOException {
    buffer = roomFor(entries).clear().position(Group.HEADER);
    for (byte[] entry : entries) {
      buffer.putInt(entry.length).put(entry);
    }
    Group.seal(buffer, next, entries.size());
    int length = buffer.limit();
    file.write(end, buffer);
    file.force();
    synchronized (this) {
      end += Group.pages(length);
      next += entries.size();
    }
  }

  private ByteBuffer roomFor(List<byte[]> entries) {
    long length = Group.HEADER;
    for (byte[] entry : entries) {
      length += Group.LENGTH + entry.length;
    }
    return length <= buffer.capacity()
        ? buffer
        : ByteBuffer.allocateDirect((int) Math.min(segmentSize, 2 * length));
  }

  private synchronized void nextSegment() throws IOException {
    file.close();
    full.add(new Full(active, next));
    active = spares.isEmpty() ? newSegment() : spares.remove();
    end = 0;
    file = disk.open(directory.resolve(JournalScan.name(active)));
  }

  /** Whether a segment holds only entries before {@code index}. */
  public synchronized boolean hasSegmentBefore(long index) {
    return !full.isEmpty() && full.peek().next() <= index;
  }

  /** Deletes the segments that hold only entries before {@code index}. */
  public void dropBefore(long index) throws IOException {
    List<Full> dropped = new ArrayList<>();
    synchronized (this) {
      while (hasSegmentBefore(index)) {
        dropped.add(full.remove());
      }
    }
    for (Full segment : dropped) {
      disk.delete(directory.resolve(JournalScan.name(segment.number())));
      disk.syncDirectory(directory);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
