package io.metanode.ledger.store;

import io.metanode.ledger.block.Block;
import io.metanode.ledger.light.RosterChange;
import io.metanode.ledger.state.HashOrder;
import io.metanode.ledger.transaction.TransactionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the index will know of a block once it is written there.
 *
 * @param places of its transactions, sorted by their ids
 * @param change of the validators, if there is one
 */
record Unwritten(BlockEntry entry, List<Place> places, Optional<RosterChange> change) {

  /** A transaction and where it is. */
  record Place(TransactionId id, TransactionPlace at) implements Comparable<Place> {

    @Override
    public int compareTo(Place other) {
      return id.compareTo(other.id);
    }
  }

  static Unwritten of(Block block, BlockEntry entry, Optional<RosterChange> change) {
    long height = block.header().height();
    List<TransactionId> ids = block.ids();
    List<Place> places =
        IntStream.range(0, ids.size())
            .mapToObj(number -> new Place(ids.get(number), new TransactionPlace(height, number)))
            .toList();
    return new Unwritten(entry, sorted(places), change);
  }

  private static List<Place> sorted(List<Place> places) {
    return HashOrder.sorted(places, place -> place.id().value());
  }

  /** The places of several blocks: neighbours are cheaper to put into an ordered map in a row. */
  static List<Place> places(Iterable<Unwritten> blocks) {
    List<Place> all = new ArrayList<>();
    blocks.forEach(block -> all.addAll(block.places));
    return sorted(all);
  }

  Optional<TransactionPlace> find(TransactionId id) {
    Place sought = new Place(id, new TransactionPlace(0, 0));
    int found = Collections.binarySearch(places, sought);
    return found < 0 ? Optional.empty() : Optional.of(places.get(found).at());
  }
}
