package io.metanode.economy.machine;

import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.supply.GenesisSupply;
import io.metanode.economy.supply.Purse;
import java.util.List;
import java.util.Optional;

/**
 * How the economy of a ledger begins, in its first block: the purses are opened and filled, and
 * what the ledger's genesis gave to wallets comes out of them.
 */
public final class Founding {

  private Founding() {}

  /**
   * Why the economy cannot begin with such wallets.
   *
   * @param wallets what they hold together, by the token's code, in minor units
   */
  public static Optional<String> fault(List<Long> wallets) {
    for (Token token : Token.values()) {
      Amount held = new Amount(wallets.get(token.code()));
      Amount most = GenesisSupply.mostInWallets(token);
      if (held.compareTo(most) > 0) {
        return Optional.of(
            "the genesis gives %s %s to wallets, of %s that there are for them: make a genesis that"
                    .formatted(held, token, most)
                + " gives less");
      }
    }
    return Optional.empty();
  }

  /** Whether it has begun. */
  static boolean isDone(Session session) {
    return session.ledger().account(Purse.ISSUE.of(Token.GEN)).isPresent();
  }

  static void perform(Session session) {
    GenesisSupply.create(session.ledger(), session.now());
    for (Token token : Token.values()) {
      Amount held = new Amount(session.state().wallets(token.code()));
      GenesisSupply.fillWallets(token, held, session.ledger(), session.now());
    }
  }
}
