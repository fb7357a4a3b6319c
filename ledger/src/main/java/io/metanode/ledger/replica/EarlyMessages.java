package io.metanode.ledger.replica;

import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.ibft.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

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

  /** Hands over all that was kept, with who sent it, now that its height is being decided. */
  void take(BiConsumer<ValidatorId, Message> taker) {
    Map<ValidatorId, Deque<Message>> all = new TreeMap<>(messages);
    messages.clear();
    all.forEach((from, kept) -> kept.forEach(message -> taker.accept(from, message)));
  }
}
