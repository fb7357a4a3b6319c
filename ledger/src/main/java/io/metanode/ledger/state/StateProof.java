package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What shows that a key has a value, or none, under a state root. Checking it needs the hashes
 * alone, not the tree.
 *
 * @param siblings the hashes beside the key's path, from the root down
 * @param other for an absent key, the leaf that stands where its own would; empty if nothing does
 */
public record StateProof(List<Bytes32> siblings, Optional<Other> other) {

  /** The longest path, in bits. */
  private static final int LONGEST = 256;

  /** A leaf with another key. */
  public record Other(StateKey key, Bytes32 valueHash) {}

  public StateProof {
    siblings = List.copyOf(siblings);
  }

  /** Whether {@code key} has {@code value} in the state with this root. */
  public boolean proves(Bytes32 root, StateKey key, Bytes value) {
    return other.isEmpty()
        && climb(key, StateHash.leaf(key.path(), StateHash.value(value))).equals(root);
  }

  /** Whether {@code key} has no value in the state with this root. */
  public boolean provesAbsence(Bytes32 root, StateKey key) {
    if (other.isEmpty()) {
      return climb(key, StateHash.EMPTY).equals(root);
    }
    StateKey found = other.get().key();
    return !found.equals(key)
        && sharesPath(found, key)
        && climb(key, StateHash.leaf(found.path(), other.get().valueHash())).equals(root);
  }

  private boolean sharesPath(StateKey found, StateKey key) {
    for (int depth = 0; depth < siblings.size(); depth++) {
      if (StateHash.right(found.path(), depth) != StateHash.right(key.path(), depth)) {
        return false;
      }
    }
    return true;
  }

  private Bytes32 climb(StateKey key, Bytes32 bottom) {
    Bytes32 hash = bottom;
    for (int depth = siblings.size() - 1; depth >= 0; depth--) {
      Bytes32 sibling = siblings.get(depth);
      hash =
          StateHash.right(key.path(), depth)
              ? StateHash.inner(sibling, hash)
              : StateHash.inner(hash, sibling);
    }
    return hash;
  }

  public Bytes encode() {
    Encoder out = new Encoder(8 + (siblings.size() + 2) * Bytes32.LENGTH);
    out.u32(siblings.size());
    siblings.forEach(out::bytes32);
    out.u8(other.isPresent() ? 1 : 0);
    other.ifPresent(leaf -> out.bytes32(leaf.key().path()).bytes32(leaf.valueHash()));
    return out.toBytes();
  }

  public static StateProof decode(Bytes encoded) throws DecodingException {
    Decoder in = encoded.decoder();
    int count = in.count(LONGEST, Bytes32.LENGTH);
    List<Bytes32> siblings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      siblings.add(in.bytes32());
    }
    int present = in.u8();
    if (present > 1) {
      throw in.fault(DecodingFault.UNKNOWN_CODE, "presence " + present);
    }
    Optional<Other> other =
        present == 1
            ? Optional.of(new Other(new StateKey(in.bytes32()), in.bytes32()))
            : Optional.empty();
    in.end();
    return new StateProof(siblings, other);
  }
}
