package io.metanode.economy.accounts;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Bytes32;
import java.nio.charset.StandardCharsets;

/** An account. Zero names none. */
public record AccountId(Bytes32 value) implements Comparable<AccountId> {

  /** The account that {@code name} stands for: SHA-256 of it. */
  public static AccountId named(String name) {
    return new AccountId(Bytes32.of(Sha256.of(name.getBytes(StandardCharsets.UTF_8))));
  }

  @Override
  public int compareTo(AccountId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
