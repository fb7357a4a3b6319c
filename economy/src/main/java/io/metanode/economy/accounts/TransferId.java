package io.metanode.economy.accounts;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Bytes32;
import java.nio.charset.StandardCharsets;

/** A transfer. Zero names none. Whoever makes the transfer chooses it, once. */
public record TransferId(Bytes32 value) implements Comparable<TransferId> {

  /** The id of the transfer that {@code name} stands for: SHA-256 of it. */
  public static TransferId named(String name) {
    return new TransferId(Bytes32.of(Sha256.of(name.getBytes(StandardCharsets.UTF_8))));
  }

  @Override
  public int compareTo(TransferId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
