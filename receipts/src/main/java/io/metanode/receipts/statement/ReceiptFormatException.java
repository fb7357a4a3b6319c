package io.metanode.receipts.statement;

import io.metanode.receipts.json.JsonException;

/** Bytes that are not a receipt. */
public final class ReceiptFormatException extends Exception {

  /** What is wrong. */
  public enum Fault {
    BAD_JSON,
    MISSING_FIELD,
    UNKNOWN_FIELD,
    UNKNOWN_CRITICAL_FIELD,
    WRONG_TYPE,
    WRONG_VALUE
  }

  private final Fault fault;

  public ReceiptFormatException(Fault fault, String detail) {
    super(fault + ": " + detail);
    this.fault = fault;
  }

  public ReceiptFormatException(JsonException cause) {
    super(cause.getMessage(), cause);
    fault = Fault.BAD_JSON;
  }

  public Fault fault() {
    return fault;
  }
}
