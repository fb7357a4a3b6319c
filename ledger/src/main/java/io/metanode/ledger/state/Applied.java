package io.metanode.ledger.state;

import io.metanode.crypto.MerkleLevels;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Encoder;
import java.util.List;

/**
 * What a block did.
 *
 * @param results one for each transaction, in their order
 * @param changes each key once, sorted
 * @param accounts those of the changes that are accounts
 */
public record Applied(
    List<TransactionResult> results, List<StateChange> changes, List<AccountRead> accounts) {

  public Applied {
    results = List.copyOf(results);
    changes = List.copyOf(changes);
  }

  public Bytes32 resultsRoot() {
    Encoder entries = new Encoder(TransactionResult.ENTRY * results.size());
    results.forEach(result -> result.encode(entries));
    return Bytes32.of(MerkleLevels.rootOfEntries(entries.toArray(), TransactionResult.ENTRY));
  }
}
