package io.metanode.ledger.block;

/** Why a block must not be voted for. Where several hold, the first one here is named. */
public enum BlockFault {
  /** It is for another chain. */
  WRONG_CHAIN,
  /** Its height is not the next. */
  WRONG_HEIGHT,
  /** Its parent is not our last block. */
  WRONG_PARENT,
  /** It is not later than its parent. */
  TIME_NOT_LATER,
  /** It is from further in the future than clocks may differ. */
  TIME_IN_FUTURE,
  /** It holds more transactions than a block may. */
  TOO_LARGE,
  /** A transaction is in it twice. */
  TRANSACTION_TWICE,
  /** The header's roots or count are not those of its body. */
  CONTENTS_DIFFER,
  /** What it says of the state after its parent is not what we found. */
  PRIOR_STATE_DIFFERS,
  /** The tick chain does not hold. */
  TICKS_WRONG
}
