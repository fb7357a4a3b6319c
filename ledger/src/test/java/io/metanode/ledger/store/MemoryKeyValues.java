package io.metanode.ledger.store;

import io.metanode.foundation.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An index in memory, of which a crash keeps what was flushed. */
public final class MemoryKeyValues implements KeyValues {

  private final TreeMap<Bytes, Bytes> values = new TreeMap<>();
  private final TreeMap<Bytes, Bytes> flushed = new TreeMap<>();

  /** What is left after a crash. */
  public MemoryKeyValues crashed() {
    MemoryKeyValues left = new MemoryKeyValues();
    left.values.putAll(flushed);
    left.flushed.putAll(flushed);
    return left;
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    return Optional.ofNullable(values.get(key));
  }

  @Override
  public void write(List<Change> batch) {
    for (Change change : batch) {
      if (change.value().isPresent()) {
        values.put(change.key(), change.value().get());
      } else {
        values.remove(change.key());
      }
    }
  }

  @Override
  public void forEach(byte prefix, Visitor visitor) throws IOException {
    for (Map.Entry<Bytes, Bytes> entry : values.entrySet()) {
      if (entry.getKey().at(0) == prefix) {
        visitor.visit(entry.getKey(), entry.getValue());
      }
    }
  }

  @Override
  public void flush() {
    flushed.clear();
    flushed.putAll(values);
  }

  @Override
  public void close() {}
}
