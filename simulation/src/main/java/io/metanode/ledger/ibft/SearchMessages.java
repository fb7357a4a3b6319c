package io.metanode.ledger.ibft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages that one honest validator may send, each known by a bit; and the parts of them that
 * matter together: those of a part alone decide what can happen in it.
 */
final class SearchMessages {

  /** What a validator may be moved by: each part by the messages that it speaks of. */
  record Parts(SearchScope scope) {
    /** Nothing: timers, crashes. */
    static final int OWN = 0;

    /** All commits: decisions. */
    static final int COMMITS = 1;

    int votes(int round) {
      return 2 + round;
    }

    /** Blocks, round changes from this one on, and the prepares that prove their claims. */
    int opening(int round) {
      return 2 + scope.rounds() + round;
    }

    int count() {
      return 2 + 2 * scope.rounds();
    }

    private boolean contains(int part, Message m) {
      int round = m.round().value();
      int opens = part - 2 - scope.rounds();
      return switch (m) {
        case Message.ProposalMessage p -> opens >= 0;
        case Message.PrepareMessage p -> part == votes(round) || opens > round;
        case Message.CommitMessage c -> part == votes(round) || part == COMMITS;
        case Message.RoundChangeMessage r -> opens >= 0 && opens <= round;
      };
    }
  }

  private final Parts parts;
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, Integer> bits = new HashMap<>();
  private final long[] masks;

  SearchMessages(Parts parts) {
    this.parts = parts;
    masks = new long[parts.count()];
  }

  /** A set of this message alone. */
  long bit(Message m) {
    String name = SearchNames.of(m);
    Integer known = bits.get(name);
    if (known != null) {
      return 1L << known;
    }
    int bit = messages.size();
    if (bit == Long.SIZE - 1) {
      throw new IllegalStateException("more than 63 messages of one validator");
    }
    bits.put(name, bit);
    messages.add(m);
    for (int part = 0; part < masks.length; part++) {
      if (parts.contains(part, m)) {
        masks[part] |= 1L << bit;
      }
    }
    return 1L << bit;
  }

  long within(int part, long sent) {
    return sent & masks[part];
  }

  List<Message> of(long sent) {
    List<Message> list = new ArrayList<>();
    for (long left = sent; left != 0; left &= left - 1) {
      list.add(messages.get(Long.numberOfTrailingZeros(left)));
    }
    return list;
  }
}
