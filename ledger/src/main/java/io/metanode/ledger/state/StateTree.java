package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.state.StateNode.Empty;
import io.metanode.ledger.state.StateNode.Inner;
import io.metanode.ledger.state.StateNode.Leaf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The authenticated state: a binary tree over hashed keys, in which a subtree of one value is that
 * value's leaf (the sparse Merkle tree of Diem's Jellyfish, without its pages; 2021). The root
 * follows from the content alone, whatever the order in which it came.
 *
 * <p>A tree never changes: an update makes a new one that shares what it left alone, so old roots
 * can be read and proved from for as long as someone holds them. Safe for use by many threads.
 */
public final class StateTree implements StateReader {

  public static final StateTree EMPTY = new StateTree(Empty.INSTANCE);

  private final StateNode root;

  StateTree(StateNode root) {
    this.root = root;
  }

  public Bytes32 root() {
    return root.hash();
  }

  StateNode node() {
    return root;
  }

  /**
   * The tree after some changes.
   *
   * @throws IllegalArgumentException if a key is changed twice
   */
  public StateTree with(Collection<StateChange> changes) {
    List<StateChange> listed = List.copyOf(changes);
    List<StateChange> sorted =
        ascends(listed) ? listed : HashOrder.sorted(listed, change -> change.key().path());
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).key().equals(sorted.get(i - 1).key())) {
        throw new IllegalArgumentException("key changed twice: " + sorted.get(i).key());
      }
    }
    StateNode updated = new TreeUpdate(sorted).apply(root);
    return updated.same(root) ? this : new StateTree(updated);
  }

  private static boolean ascends(List<StateChange> changes) {
    for (int i = 1; i < changes.size(); i++) {
      if (changes.get(i).key().compareTo(changes.get(i - 1).key()) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * What makes this tree of another, sorted by path. It costs what both do not share: little where
   * one came of the other.
   */
  public List<StateChange> since(StateTree before) {
    return TreeDifference.between(before.root, root);
  }

  @Override
  public Optional<Bytes> get(StateKey key) {
    StateNode node = root;
    for (int depth = 0; node instanceof Inner inner; depth++) {
      node = StateHash.right(key.path(), depth) ? inner.right() : inner.left();
    }
    return node instanceof Leaf leaf && leaf.has(key)
        ? Optional.of(leaf.value())
        : Optional.empty();
  }

  /** What shows that the key has its value, or none, under {@link #root()}. */
  public StateProof proof(StateKey key) {
    List<Bytes32> siblings = new ArrayList<>();
    Optional<Leaf> other = leaf(key, siblings).filter(leaf -> !leaf.has(key));
    return new StateProof(
        siblings,
        other.map(leaf -> new StateProof.Other(leaf.key(), StateHash.value(leaf.value()))));
  }

  /** The leaf where the key's path ends, and the hashes beside the path, from the root down. */
  private Optional<Leaf> leaf(StateKey key, List<Bytes32> siblings) {
    StateNode node = root;
    while (node instanceof Inner inner) {
      boolean right = StateHash.right(key.path(), siblings.size());
      siblings.add((right ? inner.left() : inner.right()).hash());
      node = right ? inner.right() : inner.left();
    }
    return node instanceof Leaf leaf ? Optional.of(leaf) : Optional.empty();
  }

  /** Visits every value, in the order of their keys. */
  public void forEach(BiConsumer<StateKey, Bytes> visitor) {
    visit(root, visitor);
  }

  static void visit(StateNode node, BiConsumer<StateKey, Bytes> visitor) {
    switch (node) {
      case Empty _ -> {}
      case Leaf leaf -> visitor.accept(leaf.key(), leaf.value());
      case Inner inner -> {
        visit(inner.left(), visitor);
        visit(inner.right(), visitor);
      }
    }
  }
}
