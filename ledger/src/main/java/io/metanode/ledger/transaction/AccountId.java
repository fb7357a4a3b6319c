package io.metanode.ledger.transaction;

import io.metanode.foundation.Bytes32;

/**
 * An account: the Ed25519 public key of who may spend from it, or a reserved value that no key has
 * (see {@link #reserved}).
 */
public record AccountId(Bytes32 value) implements Comparable<AccountId> {

  /** The number of reserved accounts. */
  public static final int RESERVED = 16;

  private static final long FIRST = 0xf0ffffffffffffffL;

  /**
   * The account the ledger itself holds under a number. Its bytes are {@code ff} less the number,
   * then 31 bytes of {@code ff}: a y-coordinate not below the field's prime, so no Ed25519 key.
   *
   * @param number below {@link #RESERVED}
   */
  public static AccountId reserved(int number) {
    if (number < 0 || number >= RESERVED) {
      throw new IllegalArgumentException("no reserved account " + number);
    }
    return new AccountId(new Bytes32(-1L - ((long) number << 56), -1, -1, -1));
  }

  public boolean isReserved() {
    return (value.a() & FIRST) == FIRST
        && (value.a() | 0x0f00000000000000L) == -1
        && value.b() == -1
        && value.c() == -1
        && value.d() == -1;
  }

  @Override
  public int compareTo(AccountId other) {
    return value.compareTo(other.value);
  }

  /** Not the record's, which asks for the hash of any object: this one is on the hot path. */
  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccountId that && value.equals(that.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
