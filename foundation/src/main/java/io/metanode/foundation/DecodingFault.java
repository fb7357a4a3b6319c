package io.metanode.foundation;

/** Why bytes are not the encoding of a value. */
public enum DecodingFault {
  /** They end before the value does. */
  TRUNCATED,
  /** They go on after the value's end. */
  TRAILING,
  /** A length or a count is above its limit. */
  OVERSIZED,
  /** They do not begin with the magic number and version of the expected format. */
  WRONG_MAGIC,
  /** A code names nothing known. */
  UNKNOWN_CODE,
  /** A number is outside its bounds. */
  OUT_OF_RANGE,
  /** Elements are not in their one order, or one is there twice. */
  OUT_OF_ORDER
}
