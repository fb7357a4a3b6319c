package io.metanode.ledger.replica;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.block.Body;
import io.metanode.ledger.state.EvidenceCheck;
import io.metanode.ledger.state.StateMachine;
import io.metanode.ledger.state.ValidatorKeys;
import io.metanode.ledger.store.Chain;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Evidence on its way into a block: one piece against each offender, until it was convicted. */
final class EvidencePool {

  private final Chain chain;
  private final StateMachine machine;
  private final TreeMap<Bytes32, Bytes> pieces = new TreeMap<>();

  EvidencePool(Chain chain, StateMachine machine) {
    this.chain = chain;
    this.machine = machine;
  }

  /** What became of a piece that was offered. */
  enum Verdict {
    TAKEN,
    /** There is some against the same validator already, or it was convicted. */
    NOT_NEEDED,
    /** It proves nothing: who sent it lied. */
    WORTHLESS
  }

  Verdict offer(Bytes piece, EvidenceCheck check) {
    if (piece.length() < ValidatorKeys.LENGTH) {
      return Verdict.WORTHLESS;
    }
    Bytes32 named = Bytes32.of(Arrays.copyOf(piece.toArray(), Bytes32.LENGTH));
    if (pieces.containsKey(named)) {
      return Verdict.NOT_NEEDED;
    }
    if (machine.convicts(chain.ledger().state(), piece)) {
      pieces.put(named, piece);
      return Verdict.TAKEN;
    }
    return check.offender(piece).isPresent() ? Verdict.NOT_NEEDED : Verdict.WORTHLESS;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** What to propose, and to tell others. */
  List<Bytes> pending() {
    return pieces.values().stream().limit(Body.MAX_EVIDENCE).toList();
  }

  /** A block was applied: what convicts nobody any more goes. */
  void decided() {
    pieces.values().removeIf(piece -> !machine.convicts(chain.ledger().state(), piece));
  }
}
