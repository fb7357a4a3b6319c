package io.metanode.foundation;

/**
 * Bytes that are not the one encoding of a value. It carries no stack trace: whoever sends such
 * bytes should not make us work.
 */
public final class DecodingException extends Exception {

  private final DecodingFault fault;
  private final int offset;

  /**
   * @param offset the byte at which the fault shows
   */
  public DecodingException(DecodingFault fault, int offset, String detail) {
    super("%s at byte %d: %s".formatted(fault, offset, detail), null, false, false);
    this.fault = fault;
    this.offset = offset;
  }

  public DecodingFault fault() {
    return fault;
  }

  public int offset() {
    return offset;
  }
}
