package io.metanode.economy;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.economy.machine.Attestation;
import io.metanode.economy.money.Amount;
import io.metanode.economy.price.ReserveAttestation;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What notaries state of the gold behind AUR, and who signed it so far.
 *
 * @param reserve grams of gold, in minor units of AUR
 * @param asOf when it was counted, in milliseconds
 * @param expires from when on it counts no more, in milliseconds
 * @param report SHA-256 of the auditor's report
 * @param signatures by the notary's key
 */
public record GoldStatement(
    long reserve, long asOf, long expires, Bytes32 report, SortedMap<Bytes32, Bytes> signatures) {

  /**
   * @throws IllegalArgumentException if it expires before it was counted, or is negative
   */
  public GoldStatement {
    signatures = Collections.unmodifiableSortedMap(new TreeMap<>(signatures));
    if (reserve < 0 || asOf < 0 || expires <= asOf) {
      throw new IllegalArgumentException(
          "no reserve: %d, counted at %d, until %d".formatted(reserve, asOf, expires));
    }
  }

  private ReserveAttestation stated() {
    return new ReserveAttestation(new Amount(reserve), asOf, expires, report);
  }

  /** The statement with one signature more. */
  public GoldStatement signedBy(Signer notary) throws SigningException {
    SortedMap<Bytes32, Bytes> more = new TreeMap<>(signatures);
    byte[] signature = notary.sign(stated().encode().toArray());
    more.put(Bytes32.of(notary.publicKey().bytes()), Bytes.of(signature));
    return new GoldStatement(reserve, asOf, expires, report, more);
  }

  /** How many of these notaries signed it, as it stands. */
  public int signers(List<Bytes32> notaries) {
    return of(notaries).signatures().size();
  }

  /** As the ledger takes it: good signatures of notaries, by their places. */
  Attestation of(List<Bytes32> notaries) {
    ReserveAttestation stated = stated();
    byte[] message = stated.encode().toArray();
    SortedMap<Integer, Bytes> places = new TreeMap<>();
    for (int i = 0; i < notaries.size(); i++) {
      Bytes signature = signatures.get(notaries.get(i));
      if (signature != null && signed(notaries.get(i), message, signature)) {
        places.put(i, signature);
      }
    }
    return new Attestation(stated, places);
  }

  private static boolean signed(Bytes32 notary, byte[] message, Bytes signature) {
    return Ed25519PublicKey.ofBytes(notary.bytes())
        .filter(key -> key.verifies(message, signature.toArray()))
        .isPresent();
  }
}
