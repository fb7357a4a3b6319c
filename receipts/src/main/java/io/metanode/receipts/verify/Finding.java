package io.metanode.receipts.verify;

/**
 * Something that is not as the log must have written it.
 *
 * @param where the file, and the entry in it where one can be named
 * @param what what is wrong
 */
public record Finding(String where, String what) {

  @Override
  public String toString() {
    return where + ": " + what;
  }
}
