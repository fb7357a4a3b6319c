package io.metanode.ledger.ibft;

import java.util.Arrays;

/** Numbers for what the states of a validator show in each part of their messages. */
final class SearchShadows {

  static final int MOST = 1 << 18;

  private final SearchMessages messages;
  private final LongTable[] numbers;
  private final int[][] shadows;
  private int size;

  SearchShadows(SearchMessages messages, int parts) {
    this.messages = messages;
    numbers = new LongTable[parts];
    shadows = new int[parts][1];
    Arrays.setAll(numbers, i -> new LongTable());
  }

  /** For the next state. */
  void add(long sent) {
    for (int part = 0; part < numbers.length; part++) {
      if (size == shadows[part].length) {
        shadows[part] = Arrays.copyOf(shadows[part], 2 * size);
      }
      shadows[part][size] = number(numbers[part], messages.within(part, sent));
    }
    size++;
  }

  private static int number(LongTable table, long key) {
    int known = table.get(key);
    if (known >= 0) {
      return known;
    }
    if (table.size() == MOST) {
      throw new IllegalStateException("more than " + MOST + " sets of messages in a part");
    }
    table.put(key, table.size());
    return table.size() - 1;
  }

  int of(int part, int state) {
    return shadows[part][state];
  }
}
