package io.metanode.ledger.state;

import io.metanode.ledger.block.BlockHeader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot on its way to being a ledger. The manifest is checked against a header that was
 * verified by its certificate, each chunk against the manifest: nothing unverified is kept. Used by
 * one thread.
 */
public final class SnapshotAssembly {

  private final SnapshotManifest manifest;
  private final BlockHeader next;
  private final BitSet here = new BitSet();
  private final List<StateChange> entries = new ArrayList<>();

  private SnapshotAssembly(SnapshotManifest manifest, BlockHeader next) {
    this.manifest = manifest;
    this.next = next;
  }

  /**
   * Begins, if the manifest is of the state that a verified header names.
   *
   * @param next the header after the snapshot's head, verified
   */
  public static Optional<SnapshotAssembly> of(SnapshotManifest manifest, BlockHeader next) {
    boolean holds =
        next.parent().equals(manifest.head().id())
            && next.prior().stateRoot().equals(manifest.root());
    return holds ? Optional.of(new SnapshotAssembly(manifest, next)) : Optional.empty();
  }

  /** The chunks that are not here yet. */
  public List<Integer> missing() {
    List<Integer> missing = new ArrayList<>();
    for (int i = here.nextClearBit(0); i < manifest.size(); i = here.nextClearBit(i + 1)) {
      missing.add(i);
    }
    return missing;
  }

  /**
   * Takes a chunk.
   *
   * @return whether it is what the manifest names; if not, its sender lied or it was damaged
   */
  public boolean supply(StateChunk chunk) {
    if (!manifest.has(chunk)) {
      return false;
    }
    if (!here.get(chunk.index())) {
      here.set(chunk.index());
      entries.addAll(chunk.entries());
    }
    return true;
  }

  /** The ledger; empty while a chunk is missing. */
  public Optional<LedgerState> ledger() {
    if (here.cardinality() < manifest.size()) {
      return Optional.empty();
    }
    StateTree state = StateTree.EMPTY.with(entries);
    return Optional.of(new LedgerState(manifest.head(), state, next.prior().resultsRoot()));
  }
}
