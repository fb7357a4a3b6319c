package io.metanode.economy;

/** What comes of issuing an invoice. Where several hold, the first one here is the result. */
public enum IssueStatus {
  /** It was issued already. */
  ISSUED_BEFORE,
  /** The tenant has no such settlements, in that order, or they were paid too long ago. */
  UNKNOWN_SETTLEMENT,
  /** One of the settlements is in another invoice. */
  INVOICED_BEFORE,
  /** The settlements come to another sum, or the gross is less than the net. */
  WRONG_AMOUNT,
  /** It is what the tenant owes for its settlements. */
  ISSUED
}
