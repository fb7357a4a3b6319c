package io.metanode.economy;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.SigningException;
import io.metanode.economy.accounts.RandomTransfers;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Encoder;
import io.metanode.foundation.Randomness;
import io.metanode.ledger.LedgerLoad;
import io.metanode.ledger.LedgerTransactions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Requests of double-entry transfers, each transaction of a request from another sender. A sender's
 * first transaction opens two accounts and moves something from its wallet into one of them; each
 * of the others moves minor units from the one to the other.
 */
public final class EconomyLoad implements LedgerLoad.Work {

  private static final long FUNDS = 50_000_000;

  private final int batch;
  private final int steps;
  private final List<List<PrivateKeySigner>> senders;

  /**
   * @param batch transactions of a request
   * @param rounds each client has so many times {@code batch} senders
   * @param steps transfers of a transaction, at most {@link EconomyTransactions#mostSteps}
   */
  public EconomyLoad(int clients, int batch, int rounds, int steps, Randomness randomness) {
    this.batch = batch;
    this.steps = steps;
    senders =
        IntStream.range(0, clients)
            .mapToObj(
                _ ->
                    IntStream.range(0, batch * rounds)
                        .mapToObj(_ -> PrivateKeySigner.generate(randomness))
                        .toList())
            .toList();
  }

  /**
   * Runs random transfers on the accounts alone, without a ledger, and audits them.
   *
   * @return how many were done; the others were refused, as they should
   * @throws IllegalStateException if something was made or lost
   */
  public static long alone(long transfers, int accounts, long seed) {
    return RandomTransfers.run(transfers, accounts, seed);
  }

  @Override
  public List<Ed25519PublicKey> accounts() {
    return senders.stream().flatMap(List::stream).map(PrivateKeySigner::publicKey).toList();
  }

  @Override
  public List<byte[]> sign(LedgerTransactions transactions, int client, int each)
      throws SigningException {
    List<PrivateKeySigner> own = senders.get(client);
    int rounds = own.size() / batch;
    List<byte[]> made = new ArrayList<>(each);
    for (int i = 0; i < each; i++) {
      Encoder out = new Encoder(batch * (steps * 150 + 200));
      int sequence = i / rounds;
      for (int j = 0; j < batch; j++) {
        PrivateKeySigner sender = own.get(i % rounds * batch + j);
        out.prefixed(
            operations(sender.publicKey(), sequence)
                .sign(
                    transactions, sender, new LedgerTransactions.Place(sequence, LedgerLoad.EXPIRY))
                .encoded());
      }
      made.add(out.toArray());
    }
    return made;
  }

  private EconomyTransactions operations(Ed25519PublicKey sender, int sequence) {
    EconomyTransactions made = new EconomyTransactions();
    Bytes32 from = EconomyTransactions.account(sender, "NEX", 0);
    if (sequence == 0) {
      return made.open("NEX", 0, false, 0)
          .open("NEX", 1, false, 0)
          .deposit(new Bytes32(1, 0, 0, 0), from, "NEX", FUNDS);
    }
    Bytes32 to = EconomyTransactions.account(sender, "NEX", 1);
    EconomyTransactions.Order order =
        new EconomyTransactions.Order(from, to, "NEX", 1, 0, Bytes32.ZERO);
    for (int i = 0; i < steps; i++) {
      made.direct(new Bytes32(2, 0, sequence, i), order);
    }
    return made;
  }

  @Override
  public int transactions() {
    return batch;
  }

  @Override
  public int units() {
    return steps;
  }
}
