package io.metanode.ledger.consensus;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Digest;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The validators of a height, in the order in which they lead. Of n validators f = ⌊(n - 1)/3⌋ may
 * be Byzantine; a quorum is ⌈2n/3⌉, so that two quorums share at least one honest validator (f and
 * quorum of the Dafny specification of QBFT).
 */
public final class ValidatorSet {

  private final List<Validator> members;
  private final Map<ValidatorId, Integer> positions = new HashMap<>();

  /**
   * @throws IllegalArgumentException if there is no member, or one is there twice
   */
  public ValidatorSet(List<Validator> members) {
    this.members = List.copyOf(members);
    for (Validator member : members) {
      if (positions.put(member.id(), positions.size()) != null) {
        throw new IllegalArgumentException("validator twice in a set: " + member.id());
      }
    }
    if (members.isEmpty()) {
      throw new IllegalArgumentException("a validator set has at least one member");
    }
  }

  public List<Validator> members() {
    return members;
  }

  public int size() {
    return members.size();
  }

  public boolean contains(ValidatorId id) {
    return positions.containsKey(id);
  }

  public Optional<Validator> member(ValidatorId id) {
    return position(id).map(members::get);
  }

  /** The index in {@link #members()}. */
  public Optional<Integer> position(ValidatorId id) {
    return Optional.ofNullable(positions.get(id));
  }

  /** f: how many Byzantine validators the set tolerates. */
  public int tolerated() {
    return (members.size() - 1) / 3;
  }

  /** ⌈2n/3⌉. */
  public int quorum() {
    return (members.size() * 2 - 1) / 3 + 1;
  }

  /** Who proposes: round robin, one on with each height and with each round. */
  public ValidatorId leader(Height height, Round round) {
    long turn = (height.value() % members.size() + round.value()) % members.size();
    return members.get((int) turn).id();
  }

  /** What a header commits to: SHA-256 over the keys in order (docs/formats/consensus.md). */
  public Digest digest() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Validator member : members) {
      bytes.writeBytes(member.key().bytes());
      bytes.writeBytes(member.sealKey().bytes());
    }
    return Digest.ofBytes(Sha256.of(bytes.toByteArray()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ValidatorSet that && members.equals(that.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return members.stream().map(Validator::id).toList().toString();
  }
}
