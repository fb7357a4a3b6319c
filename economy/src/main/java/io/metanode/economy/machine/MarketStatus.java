package io.metanode.economy.machine;

/**
 * What comes of quotes, attestations and AUR. Where several hold, the first one here is the result;
 * what the transfer says comes after them. The codes are part of the chain: they never change, and
 * none is used again.
 */
public enum MarketStatus {
  /** The sender is no source of prices. */
  NOT_A_SOURCE(544),
  /** Governance named no notaries. */
  NO_NOTARIES(545),
  /** The sender is no notary. */
  NOT_A_NOTARY(546),
  /** The attestation was counted in the future, or has expired. */
  ATTESTATION_NOT_IN_FORCE(547),
  /** One that was counted later was accepted before. */
  ATTESTATION_SUPERSEDED(548),
  /** Too few of the signatures are notaries' over it. */
  ATTESTATION_NOT_SIGNED(549),
  /** The account is no bank's, or the bank is frozen. */
  NOT_A_BANK(550),
  /** The sources of prices disagree: nothing settles until they agree. */
  PRICES_DISAGREE(551),
  /** The attested reserve would not be above all AUR, that in transit included. */
  NOT_BACKED(552);

  private final int code;

  MarketStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
