package io.metanode.ledger.transaction;

import java.util.Optional;

/** What a transaction is for. An earlier class goes into blocks before a later one. */
public enum TransactionClass {
  /** Changes to the validator set and other rules. */
  GOVERNANCE(0),
  /** Proof of Execution: checkpoints of receipt logs, and windows of metered work. */
  POE(1),
  /** Movements of value. */
  SETTLEMENT(2),
  /** Anything that can wait. */
  INFO(3);

  private static final TransactionClass[] BY_CODE = values();

  private final int code;

  TransactionClass(int code) {
    this.code = code;
  }

  /** The code in the encoding. */
  public int code() {
    return code;
  }

  public static Optional<TransactionClass> ofCode(int code) {
    return code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
  }
}
