package io.metanode.economy;

/** What comes of checking an invoice against receipts. */
public sealed interface BillVerdict {

  /**
   * It is, to the last byte, what the receipts cost.
   *
   * @param stated whether it states parties or tax rates, which no receipt proves
   */
  record Correct(boolean stated) implements BillVerdict {}

  /**
   * It says something else.
   *
   * @param where a JSON pointer (RFC 6901)
   */
  record Differs(String where, String expected, String found) implements BillVerdict {}

  /** It is no invoice, or nothing that it could be about can be derived. */
  record Malformed(String why) implements BillVerdict {}
}
