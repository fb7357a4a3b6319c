package io.metanode.receipts.statement;

/** The largest sizes of a receipt and its parts, in bytes as written. */
public final class Limits {

  /** An entry of the log: an envelope. */
  public static final int ENTRY = 16_384;

  /** A statement. */
  public static final int STATEMENT = 12_000;

  static final int SUBJECTS = 7_000;
  static final int KIND = 32;
  static final int NAME = 256;
  static final int OPERATION = 128;
  static final int ERROR = 2_048;
  static final int SUBJECT_NAME = 512;

  /** The largest origin of a log. */
  public static final int ORIGIN = 255;

  private Limits() {}
}
