package io.metanode.economy.accounts;

import io.metanode.economy.accounts.Movement.Balancing;
import io.metanode.economy.accounts.TransferRecord.Phase;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Bytes32;
import io.metanode.testkit.Gen;

/** Random entries, of any content. */
final class TransferGen {

  private TransferGen() {}

  static Bytes32 bytes32(Gen gen) {
    return new Bytes32(gen.nextLong(), gen.nextLong(), gen.nextLong(), gen.nextLong());
  }

  static long u63(Gen gen) {
    return gen.nextLong() >>> gen.intBetween(1, 63);
  }

  static Movement movement(Gen gen) {
    return new Movement(
        new AccountId(bytes32(gen)),
        new AccountId(bytes32(gen)),
        gen.pick(Token.values()),
        new Amount(u63(gen)),
        gen.pick(Balancing.values()),
        gen.intBetween(0, 0xffff),
        bytes32(gen));
  }

  static Transfer transfer(Gen gen) {
    TransferId id = new TransferId(bytes32(gen));
    TransferId pending = new TransferId(bytes32(gen));
    return switch (gen.intBetween(Transfer.DIRECT, Transfer.VOID)) {
      case Transfer.DIRECT -> new Transfer.Direct(id, movement(gen));
      case Transfer.PENDING ->
          new Transfer.Pending(id, movement(gen), gen.intBetween(0, Integer.MAX_VALUE));
      case Transfer.POST ->
          new Transfer.PostPending(id, pending, new Amount(u63(gen)), bytes32(gen));
      default -> new Transfer.VoidPending(id, pending, bytes32(gen));
    };
  }

  private static Total total(Gen gen) {
    return new Total(u63(gen), gen.nextLong());
  }

  private static Balance balance(Gen gen) {
    return new Balance(total(gen), total(gen), total(gen), total(gen));
  }

  private static Account account(Gen gen) {
    AccountFlags flags =
        new AccountFlags(
            gen.pick(0, AccountFlags.DEBITS_WITHIN_CREDITS, AccountFlags.CREDITS_WITHIN_DEBITS)
                | gen.pick(0, AccountFlags.HISTORY)
                | gen.pick(0, AccountFlags.FROZEN)
                | gen.pick(0, AccountFlags.CLOSED));
    Amount allowance = flags.limits() ? new Amount(u63(gen)) : Amount.ZERO;
    AccountTerms terms =
        new AccountTerms(
            new AccountId(bytes32(gen)),
            gen.pick(Token.values()),
            gen.intBetween(0, 0xffff),
            flags,
            allowance,
            u63(gen));
    return new Account(terms, u63(gen), u63(gen), balance(gen));
  }

  static Entry entry(Gen gen) {
    return switch (gen.intBetween(0, 4)) {
      case 0 -> account(gen);
      case 1 -> {
        Transfer transfer = transfer(gen);
        Phase phase =
            transfer instanceof Transfer.Pending
                ? gen.pick(Phase.PENDING, Phase.POSTED, Phase.VOIDED, Phase.EXPIRED)
                : Phase.NONE;
        yield new TransferRecord(transfer, u63(gen), new Amount(u63(gen)), phase);
      }
      case 2 -> new BalanceChange(new AccountId(bytes32(gen)), u63(gen), u63(gen), balance(gen));
      case 3 -> new Expiry(u63(gen), u63(gen), new TransferId(bytes32(gen)));
      default -> new ExpiryCount(u63(gen));
    };
  }
}
