package io.metanode.economy.poe;

/** What usage is made of. The order is that of the receipts and of every encoding. */
public enum Component {
  /** CPU time; a millionth is a nanosecond. */
  CPU_MS,
  /** Memory held over time; a millionth is a byte-second. */
  MEMORY_MB_S,
  /** Storage held over time; a millionth is a kilobyte-day. */
  STORAGE_GB_DAY,
  /** Bytes sent; a millionth is a byte. */
  EGRESS_MB,
  /** Receipts. */
  RECEIPTS_COUNT
}
