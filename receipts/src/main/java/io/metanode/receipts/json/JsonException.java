package io.metanode.receipts.json;

/** Bytes that are not the JSON receipts are made of. */
public final class JsonException extends Exception {

  /** What is wrong. */
  public enum Fault {
    TOO_LARGE,
    TOO_DEEP,
    NOT_UTF8,
    NOT_JSON,
    NOT_AN_INTEGER,
    DUPLICATE_MEMBER,
    NOT_CANONICAL
  }

  private final Fault fault;

  public JsonException(Fault fault, String detail) {
    super(fault + ": " + detail);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
