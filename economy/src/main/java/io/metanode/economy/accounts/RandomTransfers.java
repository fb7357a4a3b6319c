package io.metanode.economy.accounts;

import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Bytes32;
import java.util.ArrayList;
import java.util.List;

/**
 * Random transfers against the ledger of accounts alone, on one thread and in memory: of ten seven
 * are direct, one is pending, two end a pending one. A tenth of the way apart, all accounts are
 * audited: the debits must be the credits, and every limit kept.
 */
public final class RandomTransfers {

  private static final int REMEMBERED = 100_000;
  private static final int CHECKS = 10;
  private static final int SLOTS = 1024;
  private static final long MOST = 1_000_000_000_000L;

  private final ForgetfulEntries state = new ForgetfulEntries(REMEMBERED);
  private final AccountLedger ledger = new AccountLedger(state);
  private final List<AccountId> accounts = new ArrayList<>();
  private final long[] pending = new long[SLOTS];
  private long random;
  private long made;
  private long done;
  private long now = 1_000;

  private RandomTransfers(long seed, int count) {
    random = seed;
    AccountId issuer = AccountId.named("issuer");
    ledger.open(new AccountTerms(issuer, Token.NEX, 1, AccountFlags.NONE, Amount.ZERO, 0), now);
    for (int i = 0; i < count; i++) {
      AccountId account = AccountId.named("account " + i);
      ledger.open(AccountTerms.wallet(account, Token.NEX, 2), now);
      Movement grant = Movement.of(issuer, account, Token.NEX, Amount.tokens(1_000_000), 1);
      ledger.apply(new Transfer.Direct(id(++made), grant), now);
      accounts.add(account);
    }
  }

  /**
   * Runs so many transfers.
   *
   * @return how many of them were done; the others were refused, as they should
   * @throws IllegalStateException if an audit finds anything wrong
   */
  public static long run(long transfers, int accounts, long seed) {
    RandomTransfers load = new RandomTransfers(seed, accounts);
    for (int part = 0; part < CHECKS; part++) {
      for (long i = transfers * part / CHECKS; i < transfers * (part + 1) / CHECKS; i++) {
        load.step();
      }
      load.check();
    }
    return load.done;
  }

  /** SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). */
  private long next() {
    random += 0x9e3779b97f4a7c15L;
    long z = (random ^ random >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  private long below(long bound) {
    return Math.unsignedMultiplyHigh(next(), bound);
  }

  private AccountId account() {
    return accounts.get((int) below(accounts.size()));
  }

  private static TransferId id(long number) {
    return new TransferId(new Bytes32(number * 0x9e3779b97f4a7c15L, 0, 0, number));
  }

  private void step() {
    Amount amount = new Amount(1 + below(MOST));
    Movement movement = Movement.of(account(), account(), Token.NEX, amount, 3);
    int slot = (int) below(SLOTS);
    TransferId id = id(++made);
    TransferId held = id(pending[slot]);
    Transfer transfer =
        switch ((int) below(10)) {
          case 0 -> {
            pending[slot] = made;
            yield new Transfer.Pending(id, movement, 1 + (int) below(30));
          }
          case 1 -> new Transfer.PostPending(id, held, Amount.MAX, Bytes32.ZERO);
          case 2 -> new Transfer.VoidPending(id, held, Bytes32.ZERO);
          default -> new Transfer.Direct(id, movement);
        };
    if (ledger.apply(transfer, now).ok()) {
      done++;
    }
    if (made % 1_000 == 0) {
      now += 100;
      ledger.expire(now, Integer.MAX_VALUE);
    }
  }

  private void check() {
    LedgerAudit.Report report = LedgerAudit.ofAccounts(state);
    if (!report.clean()) {
      throw new IllegalStateException(report.faults().toString());
    }
  }
}
