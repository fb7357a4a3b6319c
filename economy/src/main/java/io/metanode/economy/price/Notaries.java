package io.metanode.economy.price;

import io.metanode.crypto.Ed25519Acceptance;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.foundation.Bytes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Who attests reserves.
 *
 * @param keys of the notaries
 * @param threshold how many of them must sign
 */
public record Notaries(List<Ed25519PublicKey> keys, int threshold) {

  /**
   * @throws IllegalArgumentException if a key is there twice or fewer than the threshold are
   */
  public Notaries {
    keys = List.copyOf(keys);
    if (threshold < 1 || threshold > keys.size() || new HashSet<>(keys).size() < keys.size()) {
      throw new IllegalArgumentException(threshold + " of " + keys.size() + " notaries");
    }
  }

  /** What comes of an attestation. */
  public sealed interface Verdict {

    record Accepted(AttestedReserve reserve) implements Verdict {}

    /** Too few of the signatures are notaries' over these bytes. */
    record TooFewSignatures(int valid) implements Verdict {}

    /** It was counted in the future, or has expired. */
    record NotInForce() implements Verdict {}

    /** A newer one was accepted before. */
    record Superseded(long asOf) implements Verdict {}
  }

  /**
   * Checks an attestation.
   *
   * @param signatures by the place of the notary's key in {@link #keys}
   * @param newest when the newest accepted one was counted, in milliseconds; 0 if there is none
   * @param now in milliseconds
   */
  public Verdict verify(
      ReserveAttestation attestation, Map<Integer, Bytes> signatures, long newest, long now) {
    if (attestation.asOf() > now || attestation.expires() <= now) {
      return new Verdict.NotInForce();
    }
    if (attestation.asOf() < newest) {
      return new Verdict.Superseded(newest);
    }
    byte[] message = attestation.encode().toArray();
    int valid = 0;
    for (int i = 0; i < keys.size(); i++) {
      Bytes signature = signatures.get(i);
      if (signature != null
          && Ed25519Acceptance.acceptsSignature(signature.toArray())
          && keys.get(i).verifies(message, signature.toArray())) {
        valid++;
      }
    }
    return valid < threshold
        ? new Verdict.TooFewSignatures(valid)
        : new Verdict.Accepted(new AttestedReserve(attestation));
  }
}
