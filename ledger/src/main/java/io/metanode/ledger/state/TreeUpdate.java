package io.metanode.ledger.state;

import io.metanode.ledger.state.StateNode.Empty;
import io.metanode.ledger.state.StateNode.Inner;
import io.metanode.ledger.state.StateNode.Leaf;
import java.util.List;

/**
 * Applies all changes of a block in one walk, so that a node above several of them is made once;
 * the hashes are filled in afterwards. The changes are sorted by path: those of a subtree are a run
 * of them.
 */
final class TreeUpdate {

  private final List<StateChange> changes;
  private final NodeHashes hashes = new NodeHashes();

  /**
   * @param changes sorted, each key once
   */
  TreeUpdate(List<StateChange> changes) {
    this.changes = changes;
  }

  StateNode apply(StateNode root) {
    return hashes.filled(apply(root, 0, 0, changes.size()));
  }

  /** The subtree of all changes, none of which removes, whose paths agree above {@code depth}. */
  StateNode buildAt(int depth) {
    return hashes.filled(build(Empty.INSTANCE, depth, 0, changes.size()));
  }

  @SuppressWarnings("ReferenceEquality") // a subtree that was left alone is the same node
  private StateNode apply(StateNode node, int depth, int from, int to) {
    if (from == to) {
      return node;
    }
    if (!(node instanceof Inner inner)) {
      return build(node, depth, from, to);
    }
    int middle = split(depth, from, to);
    StateNode left = apply(inner.left(), depth + 1, from, middle);
    StateNode right = apply(inner.right(), depth + 1, middle, to);
    boolean same = left == inner.left() && right == inner.right();
    return same ? inner : join(left, right, depth);
  }

  /** The subtree of a run of changes and of what was there alone before: a leaf or nothing. */
  private StateNode build(StateNode before, int depth, int from, int to) {
    if (from == to) {
      return before;
    }
    if (to - from == 1) {
      StateChange change = changes.get(from);
      boolean replaces = !(before instanceof Leaf leaf) || leaf.has(change.key());
      if (replaces) {
        return leaf(change);
      }
      if (change.value().isEmpty()) {
        return before;
      }
    }
    int middle = split(depth, from, to);
    boolean right = before instanceof Leaf leaf && StateHash.right(leaf.path(), depth);
    return join(
        build(right ? Empty.INSTANCE : before, depth + 1, from, middle),
        build(right ? before : Empty.INSTANCE, depth + 1, middle, to),
        depth);
  }

  /** The subtree over two halves. */
  private StateNode join(StateNode left, StateNode right, int depth) {
    if (left instanceof Empty && !(right instanceof Inner)) {
      return right;
    }
    if (right instanceof Empty && !(left instanceof Inner)) {
      return left;
    }
    Inner inner = new Inner(left, right);
    hashes.await(inner, depth);
    return inner;
  }

  private StateNode leaf(StateChange change) {
    if (change.value().isEmpty()) {
      return Empty.INSTANCE;
    }
    Leaf made = new Leaf(change.key(), change.value().get());
    hashes.await(made);
    return made;
  }

  /** The first change of the run that goes right at this depth. */
  private int split(int depth, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (StateHash.right(changes.get(middle).key().path(), depth)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
