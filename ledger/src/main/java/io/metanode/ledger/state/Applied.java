package io.metanode.ledger.state;

import io.metanode.foundation.Bytes32;
import io.metanode.ledger.block.MerkleList;
import java.util.List;

/**
 * What a block did.
 *
 * @param results one for each transaction, in their order
 * @param changes each key once, sorted
 */
public record Applied(List<TransactionResult> results, List<StateChange> changes) {

  public Applied {
    results = List.copyOf(results);
    changes = List.copyOf(changes);
  }

  public Bytes32 resultsRoot() {
    return new MerkleList(results.stream().map(TransactionResult::leaf).toList()).root();
  }
}
