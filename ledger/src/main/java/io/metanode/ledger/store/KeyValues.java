package io.metanode.ledger.store;

import io.metanode.foundation.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * An ordered map on disk. After a crash it holds the batches up to some point, each whole or not at
 * all; {@link #flush} moves that point to the last batch. Safe for use by many readers and one
 * writer.
 */
public interface KeyValues extends Closeable {

  /**
   * A change of a batch.
   *
   * @param value the new value; empty removes the key
   */
  record Change(Bytes key, Optional<Bytes> value) {}

  /** What a reader of a range takes. */
  @FunctionalInterface
  interface Visitor {
    void visit(Bytes key, Bytes value) throws IOException;
  }

  Optional<Bytes> get(Bytes key) throws IOException;

  /** Applies all changes, or none. */
  void write(List<Change> batch) throws IOException;

  /** Visits all keys that begin with {@code prefix}, in their order. */
  void forEach(byte prefix, Visitor visitor) throws IOException;

  /** Makes all batches so far durable. */
  void flush() throws IOException;
}
