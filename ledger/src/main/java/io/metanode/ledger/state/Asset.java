package io.metanode.ledger.state;

import java.util.Optional;

/** What accounts hold, in minor units of 10⁻⁹. */
public enum Asset {
  /** Governance. */
  GEN(0),
  /** Reward of metered work. */
  NEX(1),
  /** Fees. */
  FLX(2),
  /** Settlement between banks. */
  AUR(3);

  private static final Asset[] BY_CODE = values();

  private final int code;

  Asset(int code) {
    this.code = code;
  }

  /** The code in encodings. */
  public int code() {
    return code;
  }

  public static Optional<Asset> ofCode(int code) {
    return code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
  }
}
