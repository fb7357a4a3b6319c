package io.metanode.ledger;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Encoder;
import io.metanode.foundation.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Requests of transfers, each transfer of a request from another sender. */
final class TransferWork implements LedgerLoad.Work {

  private final int batch;
  private final List<List<PrivateKeySigner>> senders;

  /**
   * @param batch transactions of a request
   * @param rounds each client has so many times {@code batch} senders
   */
  TransferWork(int clients, int batch, int rounds, Randomness randomness) {
    this.batch = batch;
    senders =
        IntStream.range(0, clients)
            .mapToObj(
                _ ->
                    IntStream.range(0, batch * rounds)
                        .mapToObj(_ -> PrivateKeySigner.generate(randomness))
                        .toList())
            .toList();
  }

  @Override
  public List<Ed25519PublicKey> accounts() {
    return senders.stream().flatMap(List::stream).map(PrivateKeySigner::publicKey).toList();
  }

  @Override
  public List<byte[]> sign(LedgerTransactions transactions, int client, int each)
      throws SigningException {
    List<PrivateKeySigner> own = senders.get(client);
    String recipient = LedgerTransactions.account(own.getFirst().publicKey());
    String second = LedgerTransactions.account(own.getLast().publicKey());
    List<byte[]> made = new ArrayList<>(each);
    int rounds = own.size() / batch;
    for (int i = 0; i < each; i++) {
      Encoder out = new Encoder(batch * 220);
      for (int j = 0; j < batch; j++) {
        int index = i % rounds * batch + j;
        out.prefixed(
            transactions
                .transfer(
                    own.get(index),
                    new LedgerTransactions.Place(i / rounds, LedgerLoad.EXPIRY),
                    "NEX",
                    index == 0 ? second : recipient,
                    1)
                .encoded());
      }
      made.add(out.toArray());
    }
    return made;
  }

  @Override
  public int transactions() {
    return batch;
  }

  @Override
  public int units() {
    return 1;
  }
}
