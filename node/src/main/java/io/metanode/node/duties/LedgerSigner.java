package io.metanode.node.duties;

import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerTransactions;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** Signs transactions of an account for the chain that a validator serves. */
record LedgerSigner(Signer owner) {

  /** Heights after which a transaction that was lost may be made anew. */
  private static final long LIFE = 200;

  /** What makes a transaction. */
  interface Maker {
    LedgerTransactions.Signed make(
        LedgerTransactions transactions, Signer sender, LedgerTransactions.Place place)
        throws SigningException;
  }

  LedgerTransactions.Signed sign(LedgerClient ledger, Maker maker) throws IOException {
    JsonNode status = ledger.get("/v1/status");
    long sequence = ledger.sequence(owner.publicKey());
    try {
      return maker.make(
          LedgerTransactions.of(status),
          owner,
          new LedgerTransactions.Place(sequence, status.required("height").asLong() + LIFE));
    } catch (SigningException e) {
      throw new IOException("the node's account on the ledger did not sign: " + e.getMessage(), e);
    }
  }
}
