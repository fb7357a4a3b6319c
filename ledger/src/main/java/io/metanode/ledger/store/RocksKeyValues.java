package io.metanode.ledger.store;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB without its own log: the block log is the log. All keys are in one column family, so that
 * what a crash leaves is a prefix of the batches.
 */
public final class RocksKeyValues implements KeyValues {

  private static final long WRITE_BUFFER = 32L << 20;
  private static final int BATCH_HEADER = 12;
  private static final int MOST_VARINT = 5;
  private static final int DELETE = 0;
  private static final int PUT = 1;

  private final Path directory;
  private final Options options;
  private final WriteOptions unlogged;
  private final RocksDB db;

  /**
   * @throws IOException if another process has it open, or it is damaged
   */
  public RocksKeyValues(Path directory) throws IOException {
    // Unpacked to one place: by default each process that is killed leaves a copy in /tmp.
    Path unpacked = Files.createDirectories(directory.resolveSibling("native"));
    NativeLibraryLoader.getInstance().loadLibrary(unpacked.toString());
    RocksDB.loadLibrary();
    unlogged = new WriteOptions().setDisableWAL(true);
    this.directory = Files.createDirectories(directory);
    options =
        new Options(new DBOptions(), searchFromTheLast())
            .setCreateIfMissing(true)
            .setWriteBufferSize(WRITE_BUFFER)
            // Hashes do not compress, and one thread writes.
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setAllowConcurrentMemtableWrite(false)
            .setParanoidChecks(true);
    try {
      db = RocksDB.open(options, directory.toString());
    } catch (RocksDBException e) {
      throw failed("open", e);
    }
  }

  /**
   * A key is looked for from the one before it that begins with the same byte: batches are sorted.
   */
  private static ColumnFamilyOptions searchFromTheLast() {
    Properties options = new Properties();
    options.setProperty("memtable_insert_with_hint_prefix_extractor", "rocksdb.FixedPrefix.1");
    return ColumnFamilyOptions.getColumnFamilyOptionsFromProps(options);
  }

  private IOException failed(String what, RocksDBException e) {
    return new IOException(
        "%s: could not %s the index: %s%s"
            .formatted(directory, what, e.getMessage(), advice(String.valueOf(e.getMessage()))),
        e);
  }

  private static String advice(String reason) {
    boolean full = reason.contains("No space left");
    return full ? "" : "; it can be deleted, and is made again from the blocks";
  }

  @Override
  public Optional<Bytes> get(Bytes key) throws IOException {
    try {
      return Optional.ofNullable(db.get(key.toArray())).map(Bytes::of);
    } catch (RocksDBException e) {
      throw failed("read", e);
    }
  }

  @Override
  public void write(List<Change> batch) throws IOException {
    try (WriteBatch writes = new WriteBatch(serialized(batch))) {
      db.write(unlogged, writes);
    } catch (RocksDBException e) {
      throw failed("write", e);
    }
  }

  /**
   * The batch as RocksDB itself writes one down (its write_batch.cc): eight bytes of a sequence
   * number it fills in, the count, then tag, key and value of each change. One call across the
   * border, where the calls for single puts cost as much as the puts.
   */
  private static byte[] serialized(List<Change> batch) {
    int length = BATCH_HEADER;
    for (Change change : batch) {
      length += 2 + MOST_VARINT + change.key().length();
      length += change.value().map(Bytes::length).orElse(0) + MOST_VARINT;
    }
    Encoder out = new Encoder(length);
    out.u64(0).u32(Integer.reverseBytes(batch.size()));
    for (Change change : batch) {
      out.u8(change.value().isPresent() ? PUT : DELETE);
      sized(out, change.key());
      change.value().ifPresent(value -> sized(out, value));
    }
    return out.toArray();
  }

  private static void sized(Encoder out, Bytes bytes) {
    int left = bytes.length();
    while (left >= 0x80) {
      out.u8(left | 0x80);
      left >>>= 7;
    }
    out.u8(left).raw(bytes);
  }

  @Override
  public void forEach(byte prefix, Visitor visitor) throws IOException {
    try (RocksIterator entries = db.newIterator()) {
      entries.seek(new byte[] {prefix});
      while (entries.isValid() && entries.key()[0] == prefix) {
        visitor.visit(Bytes.of(entries.key()), Bytes.of(entries.value()));
        entries.next();
      }
      entries.status();
    } catch (RocksDBException e) {
      throw failed("read", e);
    }
  }

  @Override
  public void flush() throws IOException {
    try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
      db.flush(wait);
    } catch (RocksDBException e) {
      throw failed("flush", e);
    }
  }

  @Override
  public void close() {
    db.close();
    unlogged.close();
    options.close();
  }
}
