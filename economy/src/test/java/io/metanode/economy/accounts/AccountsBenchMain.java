package io.metanode.economy.accounts;

import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.SystemClock;
import io.metanode.testkit.Gen;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Random transfers against the state machine alone, on one thread: {@code AccountsBenchMain
 * [transfers] [accounts] [seed]}. Checks conservation and limits every tenth of the way and prints
 * one line of JSON. Of the transfers only the last 100,000 and those pending are remembered.
 */
public final class AccountsBenchMain {

  private static final int REMEMBERED = 100_000;
  private static final int CHECKS = 10;

  private AccountsBenchMain() {}

  /** Memory that forgets old transfers, so that 10⁸ of them fit. */
  private static final class Forgetful implements Entries, EntrySource {
    private final Map<EntryKey, Entry> entries = new HashMap<>();
    private final ArrayDeque<EntryKey> order = new ArrayDeque<>();

    @Override
    public Optional<Entry> get(EntryKey key) {
      return Optional.ofNullable(entries.get(key));
    }

    @Override
    public void put(Entry entry) {
      EntryKey key = entry.key();
      if (entries.put(key, entry) == null && entry instanceof TransferRecord) {
        order.add(key);
        if (order.size() > REMEMBERED) {
          forget(order.remove());
        }
      }
    }

    private void forget(EntryKey key) {
      if (entries.get(key) instanceof TransferRecord done
          && done.phase() == TransferRecord.Phase.PENDING) {
        order.add(key);
      } else {
        entries.remove(key);
      }
    }

    @Override
    public void remove(EntryKey key) {
      entries.remove(key);
    }

    @Override
    public void forEach(Consumer<Entry> reader) {
      entries.values().forEach(reader);
    }
  }

  private static TransferId id(long number) {
    return new TransferId(new Bytes32(number * 0x9e3779b97f4a7c15L, 0, 0, number));
  }

  /** One run: who has done what so far. */
  private static final class Load {
    final Forgetful state = new Forgetful();
    final AccountLedger ledger = new AccountLedger(state);
    final Gen gen;
    final List<AccountId> accounts = new ArrayList<>();
    final long[] pending = new long[1024];
    long made;
    long done;
    long now = 1_000;

    Load(long seed, int count) {
      gen = new Gen(seed);
      AccountId issuer = AccountId.named("issuer");
      ledger.open(new AccountTerms(issuer, Token.NEX, 1, AccountFlags.NONE, Amount.ZERO, 0), now);
      for (int i = 0; i < count; i++) {
        AccountId account = new AccountId(TransferGen.bytes32(gen));
        ledger.open(AccountTerms.wallet(account, Token.NEX, 2), now);
        ledger.apply(
            new Transfer.Direct(
                id(++made), Movement.of(issuer, account, Token.NEX, Amount.tokens(1_000_000), 1)),
            now);
        accounts.add(account);
      }
    }

    /** Of ten transfers seven are direct, one is pending, two end a pending one. */
    void step() {
      Movement movement =
          Movement.of(
              gen.pick(accounts),
              gen.pick(accounts),
              Token.NEX,
              new Amount(gen.between(1, 1_000_000_000_000L)),
              3);
      int slot = gen.intBetween(0, pending.length - 1);
      Transfer transfer =
          switch (gen.intBetween(0, 9)) {
            case 0 -> {
              pending[slot] = made + 1;
              yield new Transfer.Pending(id(++made), movement, gen.intBetween(1, 30));
            }
            case 1 ->
                new Transfer.PostPending(id(++made), id(pending[slot]), Amount.MAX, Bytes32.ZERO);
            case 2 -> new Transfer.VoidPending(id(++made), id(pending[slot]), Bytes32.ZERO);
            default -> new Transfer.Direct(id(++made), movement);
          };
      if (ledger.apply(transfer, now).ok()) {
        done++;
      }
      if (made % 1_000 == 0) {
        now += 100;
        ledger.expire(now, Integer.MAX_VALUE);
      }
    }

    void check() {
      LedgerAudit.Report report = LedgerAudit.ofAccounts(state);
      if (!report.clean()) {
        throw new IllegalStateException(report.faults().toString());
      }
    }
  }

  /** Runs so many transfers; the ones that were done. */
  static long run(long transfers, int accounts, long seed) {
    Load load = new Load(seed, accounts);
    load.made = accounts;
    for (int part = 0; part < CHECKS; part++) {
      for (long i = 0; i < transfers / CHECKS; i++) {
        load.step();
      }
      load.check();
    }
    return load.done;
  }

  private static long argument(String[] arguments, int index, long otherwise) {
    return arguments.length > index ? Long.parseLong(arguments[index]) : otherwise;
  }

  public static void main(String[] arguments) {
    long transfers = argument(arguments, 0, 100_000_000);
    int accounts = (int) argument(arguments, 1, 10_000);
    long began = SystemClock.INSTANCE.monotonicNanos();
    long done = run(transfers, accounts, argument(arguments, 2, 1));
    double seconds = (SystemClock.INSTANCE.monotonicNanos() - began) / 1e9;
    System.out.println(
        String.format(
            Locale.ROOT,
            "{\"transfers\":%d,\"done\":%d,\"accounts\":%d,\"perSecond\":%.0f,\"seconds\":%.1f,"
                + "\"conserved\":true}",
            transfers,
            done,
            accounts,
            transfers / seconds,
            seconds));
  }
}
