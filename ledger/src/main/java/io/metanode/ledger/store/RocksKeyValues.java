package io.metanode.ledger.store;

import io.metanode.ledger.encoding.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
        new Options()
            .setCreateIfMissing(true)
            .setWriteBufferSize(WRITE_BUFFER)
            .setParanoidChecks(true);
    try {
      db = RocksDB.open(options, directory.toString());
    } catch (RocksDBException e) {
      throw failed("open", e);
    }
  }

  private IOException failed(String what, RocksDBException e) {
    return new IOException(
        "%s: could not %s the index: %s; it can be deleted, and is made again from the blocks"
            .formatted(directory, what, e.getMessage()),
        e);
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
    try (WriteBatch writes = new WriteBatch()) {
      for (Change change : batch) {
        if (change.value().isPresent()) {
          writes.put(change.key().toArray(), change.value().get().toArray());
        } else {
          writes.delete(change.key().toArray());
        }
      }
      db.write(unlogged, writes);
    } catch (RocksDBException e) {
      throw failed("write", e);
    }
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
