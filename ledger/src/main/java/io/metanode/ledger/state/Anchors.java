package io.metanode.ledger.state;

import io.metanode.ledger.encoding.Bytes;
import io.metanode.ledger.state.Operation.AnchorLog;
import io.metanode.ledger.transaction.AccountId;
import java.util.Optional;

/** Checkpoints of receipt logs: a log belongs to whom anchored it first, and only grows. */
final class Anchors {

  private Anchors() {}

  static Status apply(AccountId sender, AnchorLog operation, long height, WorkingState state) {
    if (!printable(operation.origin())) {
      return Status.ORIGIN_INVALID;
    }
    StateKey key = StateKey.anchor(operation.origin());
    Optional<Anchor> known = state.value(key, Anchor.class);
    Status status = known.map(anchor -> follows(sender, operation, anchor)).orElse(Status.OK);
    if (status == Status.OK) {
      state.put(key, new Anchor(sender, operation.size(), operation.root(), height));
    }
    return status;
  }

  private static Status follows(AccountId sender, AnchorLog operation, Anchor last) {
    if (!last.owner().equals(sender)) {
      return Status.ANCHOR_NOT_OWNER;
    }
    if (operation.size() != last.size()) {
      return operation.size() < last.size() ? Status.ANCHOR_SHRINKS : Status.OK;
    }
    boolean same = operation.root().equals(last.root());
    return same ? Status.ANCHOR_KNOWN : Status.ANCHOR_CONFLICT;
  }

  private static boolean printable(Bytes origin) {
    for (int i = 0; i < origin.length(); i++) {
      if (origin.at(i) < ' ' || origin.at(i) > '~') {
        return false;
      }
    }
    return origin.length() > 0;
  }
}
