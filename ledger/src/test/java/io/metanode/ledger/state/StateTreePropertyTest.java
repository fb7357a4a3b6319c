package io.metanode.ledger.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.TestChain;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The tree against a sorted map and a root computed from its definition. */
class StateTreePropertyTest {

  /** Paths that often share long prefixes. */
  private static StateKey key(Gen gen) {
    long first = gen.pick(0L, -1L, gen.between(0, 3) << 62, gen.nextLong());
    return new StateKey(new Bytes32(first, gen.between(0, 1), 0, gen.between(0, 3)));
  }

  private static Bytes value(Gen gen) {
    return Bytes.of(gen.bytes(gen.pick(0, 1, 41, 56, 57, 200)));
  }

  /** The definition of the root: nothing is zero, one value is its leaf, more are two halves. */
  private static Bytes32 root(List<Map.Entry<StateKey, Bytes>> entries, int depth) {
    if (entries.isEmpty()) {
      return Bytes32.ZERO;
    }
    if (entries.size() == 1) {
      Map.Entry<StateKey, Bytes> entry = entries.getFirst();
      return StateHash.leaf(entry.getKey().path(), StateHash.value(entry.getValue()));
    }
    List<Map.Entry<StateKey, Bytes>> left = new ArrayList<>();
    List<Map.Entry<StateKey, Bytes>> right = new ArrayList<>();
    for (Map.Entry<StateKey, Bytes> entry : entries) {
      byte octet = entry.getKey().path().bytes()[depth / 8];
      (((octet >> (7 - depth % 8)) & 1) == 1 ? right : left).add(entry);
    }
    return StateHash.inner(root(left, depth + 1), root(right, depth + 1));
  }

  private static StateTree change(Gen gen, StateTree tree, SortedMap<StateKey, Bytes> model) {
    TreeMap<StateKey, StateChange> changes = new TreeMap<>();
    for (StateKey key : gen.list(0, 12, StateTreePropertyTest::key)) {
      StateChange change =
          gen.oneIn(3) ? StateChange.remove(key) : StateChange.put(key, value(gen));
      changes.put(key, change);
    }
    changes.forEach(
        (key, change) -> {
          if (change.value().isPresent()) {
            model.put(key, change.value().get());
          } else {
            model.remove(key);
          }
        });
    return tree.with(changes.values());
  }

  @Test
  void rootAndValuesAreThoseOfTheMap() {
    Property.check(
        "state tree",
        200,
        gen -> {
          StateTree tree = StateTree.EMPTY;
          TreeMap<StateKey, Bytes> model = new TreeMap<>();
          for (int i = 0; i < 6; i++) {
            tree = change(gen, tree, model);
            assertEquals(root(List.copyOf(model.entrySet()), 0), tree.root());
            TreeMap<StateKey, Bytes> visited = new TreeMap<>();
            tree.forEach(visited::put);
            assertEquals(model, visited);
          }
        });
  }

  @Test
  void everyProofHoldsAndNoOtherDoes() {
    Property.check(
        "state proofs",
        100,
        gen -> {
          TreeMap<StateKey, Bytes> model = new TreeMap<>();
          StateTree tree = change(gen, change(gen, StateTree.EMPTY, model), model);
          for (StateKey key : gen.list(5, 5, StateTreePropertyTest::key)) {
            checkProof(gen, tree, model, key);
          }
          for (StateKey key : model.keySet()) {
            checkProof(gen, tree, model, key);
          }
        });
  }

  private static void checkProof(
      Gen gen, StateTree tree, SortedMap<StateKey, Bytes> model, StateKey key) {
    StateProof proof = tree.proof(key);
    Optional<Bytes> value = Optional.ofNullable(model.get(key));
    assertEquals(value, tree.get(key));
    Bytes other = Bytes.of(new byte[] {1, 2, 3});
    assertEquals(value.isEmpty(), proof.provesAbsence(tree.root(), key));
    assertEquals(
        value.isPresent(), value.filter(v -> proof.proves(tree.root(), key, v)).isPresent());
    assertFalse(proof.proves(tree.root(), key, other));
    Bytes32 wrong = Bytes32.of(gen.bytes(32));
    assertFalse(proof.provesAbsence(wrong, key));
    for (StateKey present : model.keySet()) {
      assertFalse(tree.proof(present).provesAbsence(tree.root(), present));
      boolean lie = proof.provesAbsence(tree.root(), present);
      assertFalse(lie, "a proof for " + key + " must not hide " + present);
    }
  }

  @Test
  void whatMakesOneTreeOfAnotherIsWhatDiffers() {
    Property.check(
        "state difference",
        200,
        gen -> {
          TreeMap<StateKey, Bytes> model = new TreeMap<>();
          StateTree before = change(gen, StateTree.EMPTY, model);
          TreeMap<StateKey, Bytes> old = new TreeMap<>(model);
          StateTree after = before;
          for (int i = gen.intBetween(0, 3); i > 0; i--) {
            after = change(gen, after, model);
          }
          TreeMap<StateKey, Optional<Bytes>> expected = new TreeMap<>();
          old.keySet().forEach(key -> expected.put(key, Optional.empty()));
          model.forEach((key, value) -> expected.put(key, Optional.of(value)));
          old.forEach((key, value) -> expected.remove(key, Optional.of(value)));
          List<StateChange> changes = new ArrayList<>();
          expected.forEach((key, value) -> changes.add(new StateChange(key, value)));
          assertEquals(changes, after.since(before));
          assertEquals(after.root(), before.with(changes).root());
        });
  }

  @Test
  void oldTreesStayAsTheyWere() {
    Gen gen = new Gen(7);
    TreeMap<StateKey, Bytes> model = new TreeMap<>();
    StateTree before = change(gen, StateTree.EMPTY, model);
    Bytes32 root = before.root();
    TreeMap<StateKey, Bytes> copy = new TreeMap<>(model);
    change(gen, before, model);
    assertEquals(root, before.root());
    copy.forEach((key, value) -> assertTrue(before.proof(key).proves(root, key, value)));
  }

  @Test
  void chunksAreCheckedOneByOneAndMakeTheTree() {
    Property.check(
        "state chunks",
        60,
        gen -> {
          TreeMap<StateKey, Bytes> model = new TreeMap<>();
          StateTree tree = change(gen, change(gen, StateTree.EMPTY, model), model);
          LedgerState ledger =
              new LedgerState(new TestChain(1, 1, 1).ledger.head(), tree, Bytes32.ZERO);
          SnapshotManifest manifest = SnapshotManifest.of(ledger, gen.intBetween(0, 4));
          assertEquals(tree.root(), manifest.root());
          List<StateChange> all = new ArrayList<>();
          for (int i = 0; i < manifest.size(); i++) {
            StateChunk chunk = manifest.chunk(tree, i);
            assertTrue(manifest.has(chunk));
            StateKey strange = key(gen);
            if (!model.containsKey(strange)) {
              List<StateChange> more = new ArrayList<>(chunk.entries());
              more.add(StateChange.put(strange, Bytes.EMPTY));
              more.sort(Comparator.comparing(StateChange::key));
              assertFalse(manifest.has(new StateChunk(i, more)));
            }
            all.addAll(chunk.entries());
          }
          assertEquals(tree.root(), StateTree.EMPTY.with(all).root());
        });
  }
}
