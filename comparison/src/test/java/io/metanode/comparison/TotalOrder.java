package io.metanode.comparison;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.ibft.Message;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The proposals of each height in the order that all validators see. A proposal is here before the
 * validator hears of it, so whoever has one knows all that came before it.
 */
public final class TotalOrder {

  /** One proposal in the order. */
  record Place(ValidatorId author, Digest digest) {

    static Place of(Message.ProposalMessage message) {
      return new Place(message.author(), message.proposal().digest());
    }
  }

  private final ConcurrentSkipListMap<Height, List<Place>> places = new ConcurrentSkipListMap<>();

  /**
   * @param message signed by its author
   */
  void append(Message.ProposalMessage message) {
    List<Place> ofHeight =
        places.computeIfAbsent(message.height(), _ -> new CopyOnWriteArrayList<>());
    Place place = Place.of(message);
    if (!ofHeight.contains(place)) {
      ofHeight.add(place);
    }
  }

  /** What was proposed for the height so far, first first. */
  List<Place> at(Height height) {
    return places.getOrDefault(height, List.of());
  }

  void forget(Height decided) {
    places.headMap(decided, true).clear();
  }
}
