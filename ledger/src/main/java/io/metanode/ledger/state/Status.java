package io.metanode.ledger.state;

/**
 * What comes of a transaction in {@link AssetMachine}. Where several hold, the first one here is
 * the result. The codes are part of the chain: they never change, and none is used again.
 */
public enum Status {
  /** It was applied. */
  OK(0, true),

  /** It is for another chain. */
  WRONG_CHAIN(1, false),
  /** Its expiry is below the block's height. */
  EXPIRED(2, false),
  /** The sender made a transaction with this sequence already. */
  SEQUENCE_USED(3, false),
  /** The sender did not make the transaction before it yet. */
  SEQUENCE_AHEAD(4, false),
  /** The fee is below the least for its length. */
  FEE_TOO_LOW(5, false),
  /** The sender has less FLX than the fee. */
  FEE_NOT_COVERED(6, false),

  /** The kind is unknown, or the payload no encoding of it. */
  PAYLOAD_MALFORMED(16, true),
  /** The operation belongs in another class. */
  CLASS_MISMATCH(17, true),

  /** The amount is zero. */
  AMOUNT_ZERO(32, true),
  /** Sender and recipient are one. */
  TRANSFER_TO_SELF(33, true),
  /** The recipient is an account of the ledger itself. */
  RECIPIENT_RESERVED(34, true),
  /** The sender has less than the amount, after the fee. */
  BALANCE_TOO_LOW(35, true),

  /** The origin is empty or not printable ASCII. */
  ORIGIN_INVALID(48, true),
  /** Another account anchored this log first. */
  ANCHOR_NOT_OWNER(49, true),
  /** The log was anchored with more leaves. */
  ANCHOR_SHRINKS(50, true),
  /** The log was anchored with as many leaves and another root. */
  ANCHOR_CONFLICT(51, true),
  /** This very checkpoint was anchored already. */
  ANCHOR_KNOWN(52, true),
  /** The chain has every leaf of the log; it takes no checkpoint without those in between. */
  ANCHOR_WITHOUT_LEAVES(53, true),
  /** The log was anchored without its leaves: it can be anchored again, not extended. */
  LOG_LEAVES_UNKNOWN(54, true),
  /** The log has more leaves than the extension begins at: a replay, or another branch. */
  LOG_OVERLAPS(55, true),
  /** The log has fewer leaves than the extension begins at. */
  LOG_GAP(56, true),
  /** The root over the log's leaves and these is another one. */
  LOG_ROOT_WRONG(57, true),
  /** The log comes in LogBlocks: it takes no checkpoint and no leaves without what they metered. */
  LOG_HAS_LOGBLOCKS(58, true),

  /** The sender is not the governor. */
  NOT_GOVERNOR(64, true),
  /** The change would take effect before the block after next. */
  HEIGHT_TOO_SOON(65, true),
  /** A change is planned for a later height. */
  HEIGHT_BEFORE_PLANNED(66, true),
  /** Too many changes are planned. */
  PLAN_FULL(67, true),
  /** One of its keys is a validator's already. */
  VALIDATOR_KNOWN(68, true),
  /** There are as many validators as there may be. */
  VALIDATORS_FULL(69, true),
  /** The Ed25519 key is none, or possession of the BLS key is not proved. */
  VALIDATOR_KEY_INVALID(70, true),
  /** No validator has this key. */
  VALIDATOR_UNKNOWN(71, true),
  /** The last validator would go. */
  VALIDATOR_LAST(72, true),
  /** The validator contradicted itself once; its key is of no use any more. */
  VALIDATOR_SLASHED(73, true),
  /** Nothing is bonded behind this key. */
  BOND_UNKNOWN(80, true),
  /** Another account put up the bond. */
  BOND_NOT_OWNER(81, true),
  /** The validator decides blocks, is going to, or did until not long ago. */
  BOND_IN_USE(82, true),

  /** The LogBlock was made for another chain. */
  LOGBLOCK_OTHER_CHAIN(96, true),
  /** The log contradicted itself once; nothing is taken of it any more. */
  LOGBLOCK_LOG_FORKED(97, true),
  /** The log has another key at this number, or the next key is none. */
  LOGBLOCK_KEY_WRONG(98, true),
  /** The log's signature does not hold. */
  LOGBLOCK_SIGNATURE_WRONG(99, true),
  /** The log signed another one of this number, or another root of this size: it is over. */
  LOGBLOCK_FORKS(100, true),
  /** The sender does not own the log, or the LogBlock names another owner. */
  LOGBLOCK_NOT_OWNER(101, true),
  /** The chain has this LogBlock. */
  LOGBLOCK_KNOWN(102, true),
  /** LogBlocks between the newest one and this one are missing. */
  LOGBLOCK_NUMBER_AHEAD(103, true),
  /** The LogBlock before is another one. */
  LOGBLOCK_PREVIOUS_WRONG(104, true),
  /** It begins before the log's end, or ends before a checkpoint that the chain has. */
  LOGBLOCK_OVERLAPS(105, true),
  /** It begins after the log's end. */
  LOGBLOCK_GAP(106, true),
  /** The proof does not show that the log only grew. */
  LOGBLOCK_INCONSISTENT(107, true);

  /**
   * From this code on the fee is paid and the sequence used; below, but for 0, no trace is left.
   */
  static final int FIRST_CHARGED = 16;

  private final int code;
  private final boolean charged;

  Status(int code, boolean charged) {
    this.code = code;
    this.charged = charged;
  }

  public int code() {
    return code;
  }

  /** Whether the fee is paid and the sequence used; if not, the transaction leaves no trace. */
  public boolean charged() {
    return charged;
  }
}
