package io.metanode.ledger.replica;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.ibft.VoteFrames;
import io.metanode.ledger.store.CorruptionException;
import io.metanode.ledger.store.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a validator remembers of its votes: the engine's last record, and the block it is locked on,
 * whose transactions may be nowhere else after everybody crashed. Each entry is one frame, synced
 * before anything that follows from it is sent; a torn tail was never relied upon. When a file has
 * grown, the last entry begins a new one. Format: docs/formats/consensus.md.
 */
final class VoteJournal implements Closeable {

  private static final String SUFFIX = ".votes";
  private static final int FULL = 1 << 24;

  private final Disk disk;
  private Optional<Bytes> record = Optional.empty();
  private Optional<Bytes> locked = Optional.empty();
  private long file;
  private long length;
  private Disk.Appender appender;

  private VoteJournal(Disk disk) throws IOException {
    this.disk = disk;
    List<String> files = files(disk);
    for (int i = files.size() - 1; i >= 0 && record.isEmpty(); i--) {
      load(files.get(i));
    }
    file = files.isEmpty() ? 0 : number(files.getLast()) + 1;
    appender = disk.appender(name(file));
    if (record.isPresent()) {
      append(record.get(), locked);
    }
    drop(files);
  }

  /**
   * Opens the journal, or begins it.
   *
   * @throws CorruptionException if an entry is damaged that was durable
   */
  static VoteJournal open(Disk disk) throws IOException {
    return new VoteJournal(disk);
  }

  private static List<String> files(Disk disk) throws IOException {
    return disk.list().stream().filter(name -> name.matches("[0-9]{20}\\.votes")).sorted().toList();
  }

  private static String name(long number) {
    return "%020d%s".formatted(number, SUFFIX);
  }

  private static long number(String name) {
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  private void load(String name) throws IOException {
    byte[] bytes = disk.read(name, 0, Math.toIntExact(disk.length(name))).toArray();
    List<byte[]> entries =
        VoteFrames.all(bytes)
            .orElseThrow(
                () ->
                    new CorruptionException(
                        name,
                        VoteFrames.wholeLength(bytes),
                        0,
                        "votes before the last are damaged"));
    for (byte[] entry : entries) {
      try {
        take(Bytes.of(entry).decoder());
      } catch (DecodingException e) {
        throw new CorruptionException(name, 0, 0, String.valueOf(e.getMessage()));
      }
    }
  }

  private void take(Decoder in) throws DecodingException {
    int with = in.u8();
    record = Optional.of(in.prefixed(Integer.MAX_VALUE));
    locked = with == 0 ? locked : Optional.of(in.prefixed(Integer.MAX_VALUE));
    in.end();
  }

  /** The engine's last record. */
  Optional<Bytes> record() {
    return record;
  }

  /** The block that the validator locked on last, transactions and all. */
  Optional<Bytes> locked() {
    return locked;
  }

  /**
   * Remembers a record; it is durable when this returns.
   *
   * @param block what the record is locked on, if that is another block than before
   */
  void write(Bytes next, Optional<Bytes> block) throws IOException {
    if (length > FULL) {
      rotate(next, block.or(() -> locked));
    } else {
      append(next, block);
    }
    record = Optional.of(next);
    locked = block.or(() -> locked);
  }

  private void append(Bytes next, Optional<Bytes> block) throws IOException {
    Encoder out = new Encoder(1 + 2 * Integer.BYTES + next.length());
    out.u8(block.isPresent() ? 1 : 0).prefixed(next);
    block.ifPresent(b -> out.u32(b.length()));
    Bytes entry = out.toBytes();
    Bytes with = block.orElse(Bytes.EMPTY);
    for (Bytes part : List.of(VoteFrames.head(entry, with), entry, with)) {
      appender.append(part);
      length += part.length();
    }
    appender.sync();
  }

  private void rotate(Bytes next, Optional<Bytes> block) throws IOException {
    List<String> old = files(disk);
    appender.close();
    file++;
    length = 0;
    appender = disk.appender(name(file));
    append(next, block);
    drop(old);
  }

  private void drop(List<String> files) throws IOException {
    for (String old : files) {
      disk.delete(old);
    }
  }

  @Override
  public void close() throws IOException {
    appender.close();
  }
}
