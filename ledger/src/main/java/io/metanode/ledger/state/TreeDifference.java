package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.state.StateNode.Inner;
import io.metanode.ledger.state.StateNode.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What makes one tree of another. Subtrees that both share are passed over, so it costs what the
 * updates between them touched, however often they touched it.
 */
final class TreeDifference {

  private final List<StateChange> changes = new ArrayList<>();

  private TreeDifference() {}

  /** The changes, sorted by path. */
  static List<StateChange> between(StateNode before, StateNode after) {
    TreeDifference difference = new TreeDifference();
    difference.add(before, after);
    return difference.changes;
  }

  private void add(StateNode before, StateNode after) {
    if (before.same(after)) {
      return;
    }
    if (before instanceof Inner old && after instanceof Inner now) {
      add(old.left(), now.left());
      add(old.right(), now.right());
    } else if (after instanceof Leaf now && now.hasPathOf(before)) {
      changes.add(StateChange.put(now.key(), now.value()));
    } else {
      addValues(before, after);
    }
  }

  /** One of both holds a value at most; the other is seldom deep. */
  private void addValues(StateNode before, StateNode after) {
    TreeMap<StateKey, Optional<Bytes>> values = new TreeMap<>();
    StateTree.visit(before, (key, _) -> values.put(key, Optional.empty()));
    StateTree.visit(after, (key, value) -> values.put(key, Optional.of(value)));
    StateTree.visit(before, (key, value) -> values.remove(key, Optional.of(value)));
    values.forEach((key, value) -> changes.add(new StateChange(key, value)));
  }
}
