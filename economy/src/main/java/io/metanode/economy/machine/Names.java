package io.metanode.economy.machine;

import io.metanode.crypto.Sha256;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Encoder;
import java.nio.charset.StandardCharsets;

/**
 * The ids of what clients make. They follow from who makes it, so nobody can take an id that
 * another, or the economy itself, is going to use.
 */
public final class Names {

  private static final byte[] ACCOUNT = "metanode account".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRANSFER = "metanode transfer".getBytes(StandardCharsets.US_ASCII);

  private Names() {}

  /** SHA-256 of {@code metanode account}, owner, token's code 1, number {@code u32}. */
  public static AccountId account(Bytes32 owner, Token token, int number) {
    byte[] rest = new Encoder(5).u8(token.code()).u32(number).toArray();
    return new AccountId(Bytes32.of(Sha256.of(ACCOUNT, owner.bytes(), rest)));
  }

  /** SHA-256 of {@code metanode transfer}, sender, reference; zero for a reference of zero. */
  public static TransferId transfer(Bytes32 sender, TransferId reference) {
    if (reference.value().equals(Bytes32.ZERO)) {
      return reference;
    }
    byte[] bytes = reference.value().bytes();
    return new TransferId(Bytes32.of(Sha256.of(TRANSFER, sender.bytes(), bytes)));
  }
}
