package io.metanode.ledger.store;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.BlockSeal;
import io.metanode.ledger.block.MerkleList;
import io.metanode.ledger.block.PriorState;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.light.RosterChange;
import io.metanode.ledger.state.Applied;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.RecentAccounts;
import io.metanode.ledger.state.StateMachine;
import io.metanode.ledger.state.StateReader;
import io.metanode.ledger.state.TransactionResult;
import io.metanode.ledger.transaction.TransactionId;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The decided blocks and the ledger after them, on disk. Changed by one thread; any may read, and
 * one other may {@link #prune}.
 */
public final class Chain implements Closeable {

  private final StateMachine machine;
  private final StoreOptions options;
  private final Disk disk;
  private volatile BlockLog log;
  private final Index index;
  private final KeyValues values;
  private final NavigableMap<Long, LedgerState> states = new ConcurrentSkipListMap<>();
  private volatile LedgerState ledger;
  private final RecentAccounts recent = new RecentAccounts();

  private Chain(
      StateMachine machine,
      StoreOptions options,
      Disk disk,
      BlockLog log,
      KeyValues values,
      Index index,
      LedgerState at) {
    this.machine = machine;
    this.disk = disk;
    this.options = options;
    this.log = log;
    this.values = values;
    this.index = index;
    this.ledger = at;
    states.put(at.head().height(), at);
  }

  /**
   * Opens a chain, or begins it. Blocks that the index lacks are applied again.
   *
   * @throws CorruptionException if what was durable is damaged
   * @throws IOException if the store is of another chain
   */
  public static Chain open(
      Genesis genesis, StateMachine machine, Disk disk, KeyValues values, StoreOptions options)
      throws IOException {
    Index index = new Index(values, options.batch());
    Optional<LedgerState> loaded = index.load();
    LedgerState at = loaded.orElseGet(() -> LedgerState.of(genesis));
    if (!at.head().chain().equals(genesis.chain())) {
      throw new IOException(
          "the store is of chain %s, not %s".formatted(at.head().chain(), genesis.chain()));
    }
    if (loaded.isEmpty()) {
      index.write(at, List.of());
    }
    if (Segments.list(disk).isEmpty() && index.block(at.head().height()).isPresent()) {
      throw new CorruptionException(
          Segments.file(at.head().height()), 0, at.head().height(), "no file of blocks is there");
    }
    lastsFrom(disk, at.head().height());
    BlockLog log = BlockLog.open(disk, at.head().height(), options.segmentLength());
    Chain chain = new Chain(machine, options, disk, log, values, index, at);
    log.replay(at.head().height() + 1, chain::replay);
    return chain;
  }

  /** Blocks alone make an index again only if none of those after its last one are gone. */
  private static void lastsFrom(Disk disk, long indexed) throws IOException {
    List<Long> segments = Segments.list(disk);
    if (!segments.isEmpty() && segments.getFirst() > indexed + 1) {
      throw new IOException(
          ("the index is lost or too old: it ends at block %d, and the blocks before %d were"
                  + " pruned; delete the directories of blocks and index (never that of votes) and"
                  + " start again, so that a snapshot is fetched from peers, or bring one: metanode"
                  + " ledger snapshot import")
              .formatted(indexed, segments.getFirst()));
    }
  }

  /**
   * Begins a store with a state that was verified, in place of the blocks before it.
   *
   * @param past the changes of the validators since the genesis, verified too
   * @throws IOException if the store is not empty
   */
  public static void begin(
      LedgerState verified, List<RosterChange> past, Disk disk, KeyValues values)
      throws IOException {
    Index index = new Index(values, StoreOptions.DEFAULT.batch());
    if (index.load().isPresent() || !Segments.list(disk).isEmpty()) {
      throw new IOException("the store is not empty; a snapshot needs one that is");
    }
    index.write(verified, past);
  }

  /**
   * Goes on from a later state that was verified, in place of the genesis or of blocks that nobody
   * has the successors of. A crash leaves the state before or the one after.
   *
   * @param past the changes of the validators since the genesis, verified too
   * @throws IllegalStateException if there are later blocks already
   */
  public synchronized void adopt(LedgerState verified, List<RosterChange> past) throws IOException {
    long height = verified.head().height();
    if (height <= height()) {
      throw new IllegalStateException("a snapshot of block " + height + " at " + height());
    }
    index.write();
    log.close();
    while (log.prune(Long.MAX_VALUE, this::forget, index::flush)) {}
    index.flush();
    for (long last : Segments.list(disk)) {
      forgetFile(last);
    }
    index.write(verified, past);
    log = BlockLog.open(disk, height, options.segmentLength());
    states.clear();
    states.put(height, verified);
    ledger = verified;
  }

  /** The last file may end in a torn record, or be of a block that was never applied. */
  private void forgetFile(long first) throws IOException {
    for (long height = first; height <= height(); height++) {
      Optional<SealedBlock> sealed = block(height);
      if (sealed.isPresent()) {
        index.forget(sealed.get().block());
      }
    }
    index.flush();
    disk.delete(Segments.file(first));
  }

  /** The changes of the validators in blocks from a height on, in their order. */
  public List<RosterChange> changes(long from) throws IOException {
    return index.changes(from);
  }

  private void replay(LogPosition position, LogRecord record) throws IOException {
    SealedBlock sealed = decode(record.payload(), position, record.height());
    Block block = sealed.block();
    if (!block.header().prior().equals(ledger.prior(machine))) {
      throw new CorruptionException(
          position.file(), position.offset(), record.height(), "it is of another history");
    }
    take(sealed, position);
  }

  private static SealedBlock decode(Bytes payload, LogPosition position, long height)
      throws CorruptionException {
    try {
      return SealedBlock.decode(payload);
    } catch (DecodingException e) {
      throw new CorruptionException(
          position.file(), position.offset(), height, String.valueOf(e.getMessage()));
    }
  }

  /** The ledger after the last block. */
  public LedgerState ledger() {
    return ledger;
  }

  /** The state after the last block, for the thread that appends. */
  public StateReader state() {
    return recent.of(ledger.state());
  }

  /** The height of the last block. */
  public long height() {
    return ledger.head().height();
  }

  /** The first block that is still here. */
  public long first() throws IOException {
    return log.first();
  }

  /** What the header of the next block must say. */
  public PriorState prior() {
    return ledger.prior(machine);
  }

  /** The ledger after a recent block. */
  public Optional<LedgerState> ledger(long height) {
    return Optional.ofNullable(states.get(height));
  }

  /**
   * Appends the next block and applies it. Its certificate and its rules were checked. It is
   * durable when this returns.
   *
   * @throws IllegalArgumentException if it is not the next block, or of another history
   */
  public Applied append(SealedBlock sealed) throws IOException {
    Block block = sealed.block();
    boolean follows =
        block.header().height() == log.next()
            && block.header().parent().equals(ledger.head().id())
            && block.header().prior().equals(prior());
    if (!follows) {
      throw new IllegalArgumentException(
          "block %d %s does not follow block %d"
              .formatted(block.header().height(), block.id(), ledger.head().height()));
    }
    return take(sealed, log.append(sealed.encode()));
  }

  private Applied take(SealedBlock sealed, LogPosition position) throws IOException {
    Block block = sealed.block();
    Optional<RosterChange> change = change(sealed);
    LedgerState.Step step = ledger.apply(machine, block, recent);
    index.add(block, position, step, change);
    ledger = step.after();
    long height = block.header().height();
    states.put(height, ledger);
    states.headMap(height - options.keptStates(), true).clear();
    if (height % options.flushEvery() == 0) {
      index.flush();
    }
    return step.applied();
  }

  /** The block after this one is decided by others: they are fixed since the block before it. */
  private Optional<RosterChange> change(SealedBlock sealed) throws IOException {
    BlockHeader header = sealed.block().header();
    if (header.prior().validators().equals(header.prior().nextValidators())) {
      return Optional.empty();
    }
    try {
      BlockSeal seal = BlockSeal.decode(sealed.certificate());
      return Optional.of(
          new RosterChange(header, seal, machine.roster(ledger.state(), header.height() + 1)));
    } catch (DecodingException e) {
      throw new IOException("block " + header.height() + " changes validators without a seal", e);
    }
  }

  /** The block at a height; empty if it is not decided yet, or pruned. */
  public Optional<SealedBlock> block(long height) throws IOException {
    Optional<BlockEntry> entry = index.block(height);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    LogPosition position = entry.get().position();
    try {
      return Optional.of(decode(log.read(position, height), position, height));
    } catch (IOException e) {
      if (index.block(height).isEmpty()) {
        return Optional.empty(); // It was pruned while it was looked for.
      }
      throw e;
    }
  }

  /** Where a transaction was decided; empty if it was not, or its block is pruned. */
  public Optional<TransactionPlace> transaction(TransactionId id) throws IOException {
    return index.transaction(id);
  }

  /** The results of a block's transactions. */
  public Optional<List<TransactionResult>> results(long height) throws IOException {
    Optional<BlockEntry> entry = index.block(height);
    Optional<SealedBlock> sealed = block(height);
    if (entry.isEmpty() || sealed.isEmpty()) {
      return Optional.empty();
    }
    List<TransactionId> ids = sealed.get().block().ids();
    List<TransactionResult> results = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      results.add(new TransactionResult(ids.get(i), entry.get().codes().get(i)));
    }
    return Optional.of(results);
  }

  /** The tree under the results root that the header after {@code height} names. */
  public Optional<MerkleList> resultsTree(long height) throws IOException {
    return results(height)
        .map(all -> new MerkleList(all.stream().map(TransactionResult::leaf).toList()));
  }

  /**
   * Forgets blocks below {@code keepFrom}: the oldest file of them, if all its blocks are. The
   * state is kept. Afterwards an index that is lost cannot be made again from the blocks alone: it
   * takes a snapshot. A crash in the midst leaves a file that the next call takes.
   *
   * @return whether a file went: there may be another
   */
  public synchronized boolean prune(long keepFrom) throws IOException {
    long keep = Math.min(keepFrom, ledger.head().height());
    index.write();
    return log.prune(keep, this::forget, index::flush);
  }

  private void forget(LogPosition position, LogRecord record) throws IOException {
    index.forget(decode(record.payload(), position, record.height()).block());
  }

  /** Makes the index durable and closes. */
  @Override
  public void close() throws IOException {
    try {
      index.flush();
    } finally {
      log.close();
      values.close();
    }
  }
}
