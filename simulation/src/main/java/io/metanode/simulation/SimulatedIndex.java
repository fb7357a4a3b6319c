package io.metanode.simulation;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.store.KeyValues;
import io.metanode.testkit.Gen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An ordered map of which a crash keeps the batches up to some point, not before the last flush.
 */
final class SimulatedIndex implements KeyValues {

  private final TreeMap<Bytes, Bytes> flushed = new TreeMap<>();
  private final TreeMap<Bytes, Bytes> values = new TreeMap<>();
  private final List<List<Change>> batches = new ArrayList<>();
  private final Doom doom;
  private final Gen gen;

  SimulatedIndex(Doom doom, Gen gen) {
    this.doom = doom;
    this.gen = gen;
  }

  /** Power failed. */
  void crash() {
    int kept = gen.intBetween(0, batches.size());
    batches.subList(0, kept).forEach(batch -> apply(batch, flushed));
    batches.clear();
    values.clear();
    values.putAll(flushed);
  }

  private static void apply(List<Change> batch, Map<Bytes, Bytes> to) {
    for (Change change : batch) {
      if (change.value().isPresent()) {
        to.put(change.key(), change.value().get());
      } else {
        to.remove(change.key());
      }
    }
  }

  private void operation() {
    if (doom.strikes()) {
      throw new SimulatedCrash();
    }
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    return Optional.ofNullable(values.get(key));
  }

  @Override
  public void write(List<Change> batch) {
    operation();
    List<Change> whole = List.copyOf(batch);
    batches.add(whole);
    apply(whole, values);
  }

  @Override
  public void forEach(byte prefix, Visitor visitor) throws IOException {
    for (Map.Entry<Bytes, Bytes> entry : values.tailMap(Bytes.of(prefix)).entrySet()) {
      if (entry.getKey().at(0) != prefix) {
        return;
      }
      visitor.visit(entry.getKey(), entry.getValue());
    }
  }

  @Override
  public void flush() {
    operation();
    batches.forEach(batch -> apply(batch, flushed));
    batches.clear();
  }

  @Override
  public void close() {}
}
