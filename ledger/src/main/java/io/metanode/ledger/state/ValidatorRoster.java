package io.metanode.ledger.state;

import io.metanode.crypto.BlsPublicKey;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.Sha256;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.consensus.Validator;
import io.metanode.ledger.consensus.ValidatorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The validators that decide some heights, sorted by key. The order is that in which they lead.
 *
 * @param members at least one
 */
public record ValidatorRoster(List<ValidatorKeys> members) {

  /** The most validators there may be. */
  public static final int MAX = 256;

  /**
   * @throws IllegalArgumentException if there is none or too many, they are not sorted, or two
   *     share a key
   */
  public ValidatorRoster {
    members = List.copyOf(members);
    if (members.isEmpty() || members.size() > MAX || !ascending(members)) {
      throw new IllegalArgumentException("no roster: " + members);
    }
  }

  private static boolean ascending(List<ValidatorKeys> members) {
    for (int i = 1; i < members.size(); i++) {
      if (members.get(i - 1).compareTo(members.get(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  public Optional<ValidatorKeys> member(Bytes32 key) {
    return members.stream().filter(member -> member.key().equals(key)).findAny();
  }

  /** Whether a member has this BLS key. */
  boolean hasSealKeyOf(ValidatorKeys keys) {
    return members.stream().anyMatch(member -> member.sealKey().equals(keys.sealKey()));
  }

  ValidatorRoster plus(ValidatorKeys keys) {
    List<ValidatorKeys> more = new ArrayList<>(members);
    more.add(keys);
    return new ValidatorRoster(more.stream().sorted().toList());
  }

  ValidatorRoster minus(Bytes32 key) {
    return new ValidatorRoster(members.stream().filter(m -> !m.key().equals(key)).toList());
  }

  /** What headers say of the roster: SHA-256 over the keys, member by member. */
  public Bytes32 digest() {
    Encoder out = new Encoder(members.size() * ValidatorKeys.LENGTH);
    members.forEach(member -> member.encode(out));
    return Bytes32.of(Sha256.of(out.toArray()));
  }

  /**
   * The roster as consensus knows it.
   *
   * @throws IllegalStateException if a key is none, which registration does not let in
   */
  public ValidatorSet set() {
    return new ValidatorSet(members.stream().map(ValidatorRoster::validator).toList());
  }

  private static Validator validator(ValidatorKeys keys) {
    Ed25519PublicKey key =
        Ed25519PublicKey.ofBytes(keys.key().bytes())
            .orElseThrow(() -> new IllegalStateException("no Ed25519 key: " + keys.key()));
    BlsPublicKey sealKey =
        BlsPublicKey.ofBytes(keys.sealKey().toArray())
            .orElseThrow(() -> new IllegalStateException("no BLS key: " + keys.sealKey()));
    return Validator.of(key, sealKey);
  }

  public void encode(Encoder out) {
    out.u32(members.size());
    members.forEach(member -> member.encode(out));
  }

  public static ValidatorRoster decode(Decoder in) throws DecodingException {
    int count = in.count(MAX, ValidatorKeys.LENGTH);
    List<ValidatorKeys> members = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      members.add(ValidatorKeys.decode(in));
    }
    if (count == 0) {
      throw in.fault(DecodingFault.OUT_OF_RANGE, "no validator");
    }
    if (!ascending(members)) {
      throw in.fault(DecodingFault.OUT_OF_ORDER, "validators");
    }
    return new ValidatorRoster(members);
  }
}
