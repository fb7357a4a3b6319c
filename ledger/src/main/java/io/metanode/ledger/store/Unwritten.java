package io.metanode.ledger.store;

import io.metanode.foundation.Bytes32;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.light.RosterChange;
import io.metanode.ledger.state.HashOrder;
import io.metanode.ledger.transaction.TransactionId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What the index will know of a block once it is written there. Ids and places lie in two arrays,
 * sorted by id: they outlive their block's transactions by seconds, and a collection of garbage has
 * nothing to follow in them.
 */
final class Unwritten {

  private static final int WORDS = 4;

  private final long height;
  private final BlockEntry entry;
  private final Optional<RosterChange> change;
  private final long[] ids;
  private final int[] numbers;

  /** A transaction and where it is. */
  record Place(TransactionId id, TransactionPlace at) {}

  /**
   * @param change of the validators, if there is one
   */
  Unwritten(Block block, BlockEntry entry, Optional<RosterChange> change) {
    this.height = block.header().height();
    this.entry = entry;
    this.change = change;
    List<TransactionId> all = block.ids();
    List<Integer> sorted =
        HashOrder.sorted(
            IntStream.range(0, all.size()).boxed().toList(), number -> all.get(number).value());
    numbers = sorted.stream().mapToInt(number -> number).toArray();
    ids = new long[numbers.length * WORDS];
    for (int i = 0; i < numbers.length; i++) {
      Bytes32 id = all.get(numbers[i]).value();
      ids[i * WORDS] = id.a();
      ids[i * WORDS + 1] = id.b();
      ids[i * WORDS + 2] = id.c();
      ids[i * WORDS + 3] = id.d();
    }
  }

  BlockEntry entry() {
    return entry;
  }

  Optional<RosterChange> change() {
    return change;
  }

  private TransactionId id(int index) {
    int at = index * WORDS;
    return new TransactionId(new Bytes32(ids[at], ids[at + 1], ids[at + 2], ids[at + 3]));
  }

  private TransactionPlace place(int index) {
    return new TransactionPlace(height, numbers[index]);
  }

  /** Visits all transactions, sorted by id. */
  void forEach(Consumer<Place> visitor) {
    for (int i = 0; i < numbers.length; i++) {
      visitor.accept(new Place(id(i), place(i)));
    }
  }

  Optional<TransactionPlace> find(TransactionId sought) {
    int low = 0;
    int high = numbers.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = id(middle).compareTo(sought);
      if (order == 0) {
        return Optional.of(place(middle));
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }
}
