package io.metanode.economy.money;

import java.util.Optional;

/** The four tokens. */
public enum Token {
  /** Governance. */
  GEN(0, 1000),
  /** Reward of metered work. */
  NEX(1, 100),
  /** Fees. */
  FLX(2, 10),
  /** Settlement between banks: 1 AUR is one gram of audited gold. */
  AUR(3, 1);

  private static final Token[] BY_CODE = values();

  private final int code;
  private final int par;

  Token(int code, int par) {
    this.code = code;
    this.par = par;
  }

  /** The code in encodings. It never changes. */
  public int code() {
    return code;
  }

  /** What one token is worth at par, in AUR. */
  public int par() {
    return par;
  }

  public static Optional<Token> ofCode(int code) {
    return code >= 0 && code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
  }
}
