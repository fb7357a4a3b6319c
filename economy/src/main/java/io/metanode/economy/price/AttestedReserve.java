package io.metanode.economy.price;

import io.metanode.economy.money.Amount;

/** A reserve that enough notaries attested; {@link Notaries} decides that. */
public final class AttestedReserve {

  private final ReserveAttestation attestation;

  AttestedReserve(ReserveAttestation attestation) {
    this.attestation = attestation;
  }

  /** One that was accepted before, as a state keeps it. */
  public static AttestedReserve accepted(ReserveAttestation attestation) {
    return new AttestedReserve(attestation);
  }

  public ReserveAttestation attestation() {
    return attestation;
  }

  /** What may be relied on at a time in milliseconds: nothing once it has expired. */
  public Amount at(long now) {
    return now < attestation.expires() ? attestation.reserve() : Amount.ZERO;
  }
}
