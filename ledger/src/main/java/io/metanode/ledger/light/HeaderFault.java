package io.metanode.ledger.light;

/** Why a header is not believed. Where several hold, the first one here is named. */
public enum HeaderFault {
  /** It is of another chain. */
  WRONG_CHAIN,
  /** It is from before the validators we know. */
  TOO_OLD,
  /** It names other validators: changes before it must be followed first. */
  OTHER_VALIDATORS,
  /** No quorum of the validators sealed it. */
  NOT_SEALED,
  /** The validators offered as the next ones are not those it names. */
  NOT_NEXT_VALIDATORS
}
