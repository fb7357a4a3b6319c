package io.metanode.ledger.replica;

import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.ibft.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Messages of the height after the one being decided: whether they hold can be said once this one
 * is applied. A peer fills a bounded number of places; its oldest gives way.
 */
final class EarlyMessages {

  private static final int PER_PEER = 64;

  private final Map<ValidatorId, Deque<Message>> messages = new TreeMap<>();

  void keep(ValidatorId from, Message message) {
    Deque<Message> kept = messages.computeIfAbsent(from, _ -> new ArrayDeque<>());
    if (kept.size() == PER_PEER) {
      kept.removeFirst();
    }
    kept.addLast(message);
  }

  /** All that was kept, now that its height is being decided. */
  List<Message> take() {
    List<Message> all = new ArrayList<>();
    messages.values().forEach(all::addAll);
    messages.clear();
    return all;
  }
}
