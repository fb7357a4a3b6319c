package io.metanode.ledger.store;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.light.RosterChange;
import io.metanode.ledger.state.HashOrder;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.StateChange;
import io.metanode.ledger.state.StateKey;
import io.metanode.ledger.state.StateTree;
import io.metanode.ledger.transaction.TransactionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What can be found without reading the whole log: where blocks and transactions are, and the
 * values of the state after the last block. The tree over them is made again when it is opened:
 * that costs two hashes a value, where keeping its nodes would cost twenty writes a transaction.
 *
 * <p>Several blocks go in one batch, which is what they did together: a value that all of them
 * changed is written once, and keys in a row cost a fraction of what they cost one by one. Until
 * then they are found in memory. Blocks are added by one thread; any may ask.
 */
final class Index {

  private final KeyValues values;
  private final int most;
  private final NavigableMap<Long, Unwritten> unwritten = new ConcurrentSkipListMap<>();
  private int entries;
  private Optional<LedgerState> written = Optional.empty();
  private Optional<LedgerState> last = Optional.empty();

  /**
   * @param most the transactions and changes of values that make a batch
   */
  Index(KeyValues values, int most) {
    this.values = values;
    this.most = most;
  }

  private static IOException unreadable(String what, DecodingException e) {
    return new IOException(
        "the index holds a damaged %s (%s); delete it, and it is made again from the blocks"
            .formatted(what, e.getMessage()),
        e);
  }

  /** The ledger after the last indexed block; empty if nothing is indexed. */
  synchronized Optional<LedgerState> load() throws IOException {
    written = read();
    last = written;
    return written;
  }

  private Optional<LedgerState> read() throws IOException {
    Optional<Bytes> head = values.get(IndexKeys.head());
    if (head.isEmpty()) {
      return Optional.empty();
    }
    try {
      Decoder in = head.get().decoder();
      BlockHeader header = BlockHeader.decode(in.raw(BlockHeader.LENGTH));
      Bytes32 resultsRoot = in.bytes32();
      Bytes32 stateRoot = in.bytes32();
      in.end();
      StateTree state = loadState();
      if (!state.root().equals(stateRoot)) {
        throw new CorruptionException(
            "index", 0, header.height(), "state root " + state.root() + ", not " + stateRoot);
      }
      return Optional.of(new LedgerState(header, state, resultsRoot));
    } catch (DecodingException e) {
      throw unreadable("head", e);
    }
  }

  private StateTree loadState() throws IOException {
    List<StateChange> changes = new ArrayList<>();
    values.forEach(
        IndexKeys.STATE,
        (key, value) -> {
          StateKey path = new StateKey(Bytes32.of(key.toArray(), 1));
          changes.add(StateChange.put(path, value));
        });
    return StateTree.EMPTY.with(changes);
  }

  /** Takes what a block did; it is written with others, or by {@link #flush}. */
  synchronized void add(
      Block block, LogPosition position, LedgerState.Step step, Optional<RosterChange> change)
      throws IOException {
    unwritten.put(
        block.header().height(),
        new Unwritten(block, BlockEntry.of(position, step.applied()), change));
    last = Optional.of(step.after());
    entries += block.transactions().size() + step.applied().changes().size();
    if (entries >= most) {
      write();
    }
  }

  /** Writes what was added, in one batch. */
  synchronized void write() throws IOException {
    if (unwritten.isEmpty()) {
      return;
    }
    LedgerState now = last.orElseThrow();
    StateTree before = written.map(LedgerState::state).orElse(StateTree.EMPTY);
    List<KeyValues.Change> batch = new ArrayList<>();
    unwritten.forEach(
        (height, block) -> {
          block.change().ifPresent(c -> batch.add(put(c)));
          batch.add(put(IndexKeys.block(height), block.entry().encode()));
        });
    List<Unwritten.Place> places = new ArrayList<>();
    unwritten.values().forEach(block -> block.forEach(places::add));
    // Neighbours are cheaper to put into an ordered map in a row.
    for (Unwritten.Place place : HashOrder.sorted(places, p -> p.id().value())) {
      Bytes at = new Encoder(12).u64(place.at().height()).u32(place.at().index()).toBytes();
      batch.add(put(IndexKeys.transaction(place.id()), at));
    }
    addState(batch, now.state().since(before));
    batch.add(put(IndexKeys.head(), head(now)));
    values.write(batch);
    unwritten.clear();
    entries = 0;
    written = last;
  }

  /** Writes a whole state, as a genesis or a snapshot gives it, in place of the one before. */
  synchronized void write(LedgerState ledger, List<RosterChange> past) throws IOException {
    List<StateChange> changes = new ArrayList<>();
    ledger.state().forEach((key, value) -> changes.add(StateChange.put(key, value)));
    List<KeyValues.Change> batch = new ArrayList<>();
    values.forEach(
        IndexKeys.STATE, (key, _) -> batch.add(new KeyValues.Change(key, Optional.empty())));
    past.forEach(change -> batch.add(put(change)));
    addState(batch, changes);
    batch.add(put(IndexKeys.head(), head(ledger)));
    values.write(batch);
    values.flush();
    unwritten.clear();
    entries = 0;
    written = Optional.of(ledger);
    last = written;
  }

  private static KeyValues.Change put(RosterChange change) {
    Encoder out = new Encoder(1024);
    change.encode(out);
    return put(IndexKeys.change(change.header().height()), out.toBytes());
  }

  /** The changes of the validators in blocks from a height on, in their order. */
  synchronized List<RosterChange> changes(long from) throws IOException {
    List<RosterChange> changes = new ArrayList<>();
    values.forEach(
        IndexKeys.CHANGE,
        (_, value) -> {
          try {
            Decoder in = value.decoder();
            RosterChange change = RosterChange.decode(in);
            in.end();
            if (change.header().height() >= from) {
              changes.add(change);
            }
          } catch (DecodingException e) {
            throw unreadable("change of validators", e);
          }
        });
    unwritten.values().stream()
        .flatMap(block -> block.change().stream())
        .filter(change -> change.header().height() >= from)
        .forEach(changes::add);
    return changes;
  }

  private static void addState(List<KeyValues.Change> batch, List<StateChange> changes) {
    for (StateChange change : changes) {
      batch.add(new KeyValues.Change(IndexKeys.state(change.key()), change.value()));
    }
  }

  private static Bytes head(LedgerState ledger) {
    return new Encoder(BlockHeader.LENGTH + 2 * Bytes32.LENGTH)
        .raw(ledger.head().encode())
        .bytes32(ledger.resultsRoot())
        .bytes32(ledger.state().root())
        .toBytes();
  }

  private static KeyValues.Change put(Bytes key, Bytes value) {
    return new KeyValues.Change(key, Optional.of(value));
  }

  Optional<BlockEntry> block(long height) throws IOException {
    Unwritten recent = unwritten.get(height);
    if (recent != null) {
      return Optional.of(recent.entry());
    }
    Optional<Bytes> entry = values.get(IndexKeys.block(height));
    try {
      return entry.isEmpty() ? Optional.empty() : Optional.of(BlockEntry.decode(entry.get()));
    } catch (DecodingException e) {
      throw unreadable("block " + height, e);
    }
  }

  Optional<TransactionPlace> transaction(TransactionId id) throws IOException {
    for (Unwritten recent : unwritten.descendingMap().values()) {
      Optional<TransactionPlace> found = recent.find(id);
      if (found.isPresent()) {
        return found;
      }
    }
    Optional<Bytes> place = values.get(IndexKeys.transaction(id));
    if (place.isEmpty()) {
      return Optional.empty();
    }
    try {
      Decoder in = place.get().decoder();
      TransactionPlace found = new TransactionPlace(in.u63(), in.u31());
      in.end();
      return Optional.of(found);
    } catch (DecodingException e) {
      throw unreadable("transaction " + id, e);
    }
  }

  /** Forgets a block, which was written, and its transactions. */
  void forget(Block block) throws IOException {
    List<KeyValues.Change> batch = new ArrayList<>();
    batch.add(new KeyValues.Change(IndexKeys.block(block.header().height()), Optional.empty()));
    for (TransactionId id : block.ids()) {
      batch.add(new KeyValues.Change(IndexKeys.transaction(id), Optional.empty()));
    }
    values.write(batch);
  }

  /** Writes what was added, and makes all that is written durable. */
  void flush() throws IOException {
    write();
    values.flush();
  }
}
