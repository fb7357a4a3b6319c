package io.metanode.economy.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.economy.accounts.Movement.Balancing;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Bytes32;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random operations on the ledger and on an independent one beside it. */
class LedgerModelPropertyTest {

  private static final int STEPS = 150;

  private static final Map<TransferStatus, Integer> SEEN = new EnumMap<>(TransferStatus.class);

  /** Two ledgers that ought to agree. */
  private static final class Pair {
    final Gen gen;
    final EntriesInMemory state = new EntriesInMemory();
    final AccountLedger ledger = new AccountLedger(state);
    final NaiveLedger naive = new NaiveLedger();
    final List<AccountId> accounts = new ArrayList<>();
    final List<TransferId> transfers = new ArrayList<>();
    long now = 1_000;

    Pair(Gen gen) {
      this.gen = gen;
      for (int i = 0; i < 6; i++) {
        open(i);
      }
    }

    void open(int number) {
      int limit =
          number == 0
              ? 0
              : gen.pick(
                  AccountFlags.DEBITS_WITHIN_CREDITS,
                  AccountFlags.DEBITS_WITHIN_CREDITS,
                  AccountFlags.CREDITS_WITHIN_DEBITS);
      AccountTerms terms =
          new AccountTerms(
              AccountId.named("account " + number),
              gen.oneIn(8) ? Token.AUR : Token.NEX,
              1,
              new AccountFlags(limit | gen.pick(0, AccountFlags.HISTORY)),
              limit == 0 || gen.bool() ? Amount.ZERO : new Amount(gen.between(0, 50)),
              gen.oneIn(6) ? gen.between(0, 60_000) : 0);
      assertEquals(AccountStatus.OK, ledger.open(terms, now));
      naive.open(terms);
      accounts.add(terms.id());
    }

    AccountId account() {
      return gen.oneIn(60) ? AccountId.named("nobody") : gen.pick(accounts);
    }

    Amount amount() {
      return gen.oneIn(25) ? gen.pick(Amount.MAX, Amount.ZERO) : new Amount(gen.between(1, 60));
    }

    TransferId fresh() {
      TransferId id =
          gen.oneIn(15) && !transfers.isEmpty()
              ? gen.pick(transfers)
              : new TransferId(new Bytes32(1, 0, 0, transfers.size() + 1));
      transfers.add(id);
      return id;
    }

    Transfer transfer() {
      Movement movement =
          new Movement(
              account(),
              account(),
              gen.oneIn(10) ? Token.AUR : Token.NEX,
              amount(),
              gen.oneIn(4) ? gen.pick(Balancing.values()) : Balancing.NONE,
              1,
              Bytes32.ZERO);
      TransferId other = transfers.isEmpty() ? new TransferId(Bytes32.ZERO) : gen.pick(transfers);
      TransferId id = fresh();
      return switch (gen.intBetween(0, 7)) {
        case 0, 1, 2 -> new Transfer.Direct(id, movement);
        case 3, 4 -> new Transfer.Pending(id, movement, gen.pick(0, gen.intBetween(1, 20)));
        case 5, 6 ->
            new Transfer.PostPending(id, other, gen.oneIn(3) ? Amount.MAX : amount(), Bytes32.ZERO);
        default -> new Transfer.VoidPending(id, other, Bytes32.ZERO);
      };
    }

    void step() {
      now += gen.oneIn(3) ? gen.between(0, 4_000) : 0;
      if (gen.oneIn(10)) {
        ledger.expire(now, Integer.MAX_VALUE);
        naive.expire(now);
      }
      if (gen.oneIn(12)) {
        AccountId id = gen.pick(accounts);
        if (ledger.freeze(id) == AccountStatus.OK) {
          naive.freeze(id);
        } else {
          assertEquals(AccountStatus.OK, ledger.thaw(id));
          naive.thaw(id);
        }
      }
      List<Transfer> batch = gen.list(1, gen.oneIn(4) ? 4 : 1, _ -> transfer());
      List<TransferResult> results =
          batch.size() == 1
              ? List.of(ledger.apply(batch.getFirst(), now))
              : ledger.applyAll(batch, now);
      assertEquals(
          naive.apply(batch, now), results.stream().allMatch(TransferResult::ok), batch.toString());
      results.forEach(result -> SEEN.merge(result.status(), 1, Integer::sum));
    }

    void compare() {
      for (AccountId id : accounts) {
        Balance balance = ledger.account(id).orElseThrow().balance();
        BigInteger[] expected = naive.balance(id);
        assertEquals(expected[0], number(balance.debitsPosted()));
        assertEquals(expected[1], number(balance.debitsPending()));
        assertEquals(expected[2], number(balance.creditsPosted()));
        assertEquals(expected[3], number(balance.creditsPending()));
      }
      assertEquals(List.of(), LedgerAudit.of(state).faults());
    }

    private static BigInteger number(Total total) {
      return BigInteger.valueOf(total.high())
          .shiftLeft(64)
          .add(new BigInteger(Long.toUnsignedString(total.low())));
    }
  }

  @Test
  void agreesWithANaiveLedger() {
    Property.check(
        "ledger and model",
        400,
        gen -> {
          Pair pair = new Pair(gen);
          for (int i = 0; i < STEPS; i++) {
            pair.step();
            if (i % 10 == 0) {
              pair.compare();
            }
          }
          pair.compare();
        });
    if (Long.getLong("property.seed") == null) {
      assertEquals(Set.of(), unseen(), "the operations never led to these");
    }
  }

  /** What these operations cannot lead to is left out. */
  private static Set<TransferStatus> unseen() {
    Set<TransferStatus> unseen = EnumSet.allOf(TransferStatus.class);
    unseen.removeAll(
        EnumSet.of(
            TransferStatus.ID_ZERO,
            TransferStatus.EXISTS_WITH_DIFFERENT_TOKEN,
            TransferStatus.EXISTS_WITH_DIFFERENT_CODE,
            TransferStatus.EXISTS_WITH_DIFFERENT_MEMO,
            TransferStatus.EXISTS_WITH_DIFFERENT_BALANCING,
            TransferStatus.EXISTS,
            TransferStatus.TIMEOUT_TOO_LATE,
            TransferStatus.DEBIT_ACCOUNT_CLOSED,
            TransferStatus.CREDIT_ACCOUNT_CLOSED));
    unseen.removeAll(SEEN.keySet());
    return unseen;
  }
}
