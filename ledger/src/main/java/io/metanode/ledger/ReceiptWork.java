package io.metanode.ledger;

import io.metanode.crypto.CompactRange;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Encoder;
import io.metanode.foundation.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Requests that each extend a client's own log by as many receipts: one transaction, one signature.
 */
final class ReceiptWork implements LedgerLoad.Work {

  private final int receipts;
  private final Randomness randomness;
  private final List<PrivateKeySigner> owners;

  /**
   * @param receipts leaves of a transaction
   */
  ReceiptWork(int clients, int receipts, Randomness randomness) {
    this.receipts = receipts;
    this.randomness = randomness;
    owners =
        IntStream.range(0, clients).mapToObj(_ -> PrivateKeySigner.generate(randomness)).toList();
  }

  @Override
  public List<Ed25519PublicKey> accounts() {
    return owners.stream().map(PrivateKeySigner::publicKey).toList();
  }

  @Override
  public List<byte[]> sign(LedgerTransactions transactions, int client, int each)
      throws SigningException {
    CompactRange log = new CompactRange();
    List<byte[]> made = new ArrayList<>(each);
    for (int i = 0; i < each; i++) {
      long before = log.size();
      byte[] leaves = leaves(log);
      byte[] transaction =
          transactions
              .extend(
                  owners.get(client),
                  new LedgerTransactions.Place(i, LedgerLoad.EXPIRY),
                  "bench.example/" + client,
                  before,
                  leaves,
                  log.root())
              .encoded();
      made.add(new Encoder(transaction.length + 4).prefixed(transaction).toArray());
    }
    return made;
  }

  private byte[] leaves(CompactRange log) {
    byte[] leaves = new byte[receipts * Bytes32.LENGTH];
    byte[] leaf = new byte[Bytes32.LENGTH];
    for (int i = 0; i < receipts; i++) {
      randomness.fill(leaf);
      log.add(leaf.clone());
      System.arraycopy(leaf, 0, leaves, i * Bytes32.LENGTH, Bytes32.LENGTH);
    }
    return leaves;
  }

  @Override
  public int transactions() {
    return 1;
  }

  @Override
  public int units() {
    return receipts;
  }
}
