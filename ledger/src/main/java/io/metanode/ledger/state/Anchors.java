package io.metanode.ledger.state;

import io.metanode.crypto.CompactRange;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.block.MerkleList;
import io.metanode.ledger.state.Operation.AnchorLog;
import io.metanode.ledger.state.Operation.ExtendLog;
import io.metanode.ledger.transaction.AccountId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Checkpoints of receipt logs: a log belongs to whom anchored it first, and only grows. Of a log
 * that is extended leaf by leaf the chain knows that itself; of one that is only anchored it takes
 * the owner's word, which whoever reads the log checks.
 */
final class Anchors {

  private Anchors() {}

  static Status apply(AccountId sender, AnchorLog operation, long height, WorkingState state) {
    if (!printable(operation.origin())) {
      return Status.ORIGIN_INVALID;
    }
    StateKey key = StateKey.anchor(operation.origin());
    Optional<Anchor> known = state.value(key, Anchor.class);
    Status status = known.map(anchor -> follows(sender, operation, anchor)).orElse(Status.OK);
    if (status == Status.OK && hasLogBlocks(operation.origin(), state)) {
      return Status.LOG_HAS_LOGBLOCKS;
    }
    if (status == Status.OK) {
      state.put(key, new Anchor(sender, operation.size(), operation.root(), height));
    }
    return status;
  }

  private static Status follows(AccountId sender, AnchorLog operation, Anchor last) {
    if (!last.owner().equals(sender)) {
      return Status.ANCHOR_NOT_OWNER;
    }
    if (operation.size() > last.size()) {
      boolean seen = last.size() > 0 && last.isExtensible();
      return seen ? Status.ANCHOR_WITHOUT_LEAVES : Status.OK;
    }
    if (operation.size() < last.size()) {
      return Status.ANCHOR_SHRINKS;
    }
    boolean same = operation.root().equals(last.root());
    return same ? Status.ANCHOR_KNOWN : Status.ANCHOR_CONFLICT;
  }

  static Status apply(AccountId sender, ExtendLog operation, long height, WorkingState state) {
    if (!printable(operation.origin())) {
      return Status.ORIGIN_INVALID;
    }
    StateKey key = StateKey.anchor(operation.origin());
    Anchor last =
        state.value(key, Anchor.class).orElse(new Anchor(sender, 0, MerkleList.EMPTY_ROOT, height));
    Status status = follows(sender, operation, last);
    if (status != Status.OK) {
      return status;
    }
    CompactRange range =
        CompactRange.of(last.size(), last.edge().stream().map(Bytes32::bytes).toList());
    byte[] leaves = operation.leaves().toArray();
    for (int at = 0; at < leaves.length; at += Bytes32.LENGTH) {
      range.add(Arrays.copyOfRange(leaves, at, at + Bytes32.LENGTH));
    }
    if (!Bytes32.of(range.root()).equals(operation.root())) {
      return Status.LOG_ROOT_WRONG;
    }
    if (hasLogBlocks(operation.origin(), state)) {
      return Status.LOG_HAS_LOGBLOCKS;
    }
    List<Bytes32> edge = range.roots().stream().map(Bytes32::of).toList();
    state.put(key, new Anchor(sender, range.size(), operation.root(), height, edge));
    return Status.OK;
  }

  private static Status follows(AccountId sender, ExtendLog operation, Anchor last) {
    if (!last.owner().equals(sender)) {
      return Status.ANCHOR_NOT_OWNER;
    }
    if (!last.isExtensible()) {
      return Status.LOG_LEAVES_UNKNOWN;
    }
    if (operation.before() != last.size()) {
      return operation.before() < last.size() ? Status.LOG_OVERLAPS : Status.LOG_GAP;
    }
    return Status.OK;
  }

  private static boolean hasLogBlocks(Bytes origin, WorkingState state) {
    return state.value(StateKey.log(origin), LogHead.class).isPresent();
  }

  static boolean printable(Bytes origin) {
    for (int i = 0; i < origin.length(); i++) {
      if (origin.at(i) < ' ' || origin.at(i) > '~') {
        return false;
      }
    }
    return origin.length() > 0;
  }
}
