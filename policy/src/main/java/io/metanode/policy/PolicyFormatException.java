package io.metanode.policy;

/** A text that is no policy document. */
public final class PolicyFormatException extends Exception {

  private final int line;

  /**
   * @param line where, counted from 1
   * @param problem what is wrong, and what is allowed there
   */
  public PolicyFormatException(int line, String problem) {
    super("policy, line " + line + ": " + problem);
    this.line = line;
  }

  /** The line that is wrong, counted from 1. */
  public int line() {
    return line;
  }
}
