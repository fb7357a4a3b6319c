package io.metanode.economy.billing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All versions of the prices. None ever changes, and none begins in the past of its decision, so a
 * bill is rated the same whenever it is derived.
 *
 * @param lists by version, from 1 without a gap; each begins after the one before
 */
public record PriceBook(List<PriceList> lists) {

  /** The book the network begins with. */
  public static final PriceBook FIRST = new PriceBook(List.of(PriceList.FIRST));

  /**
   * @throws IllegalArgumentException if the versions are not in order
   */
  public PriceBook {
    lists = List.copyOf(lists);
    for (int i = 0; i < lists.size(); i++) {
      boolean later = i == 0 || lists.get(i).from() > lists.get(i - 1).from();
      if (lists.get(i).version() != i + 1 || !later) {
        throw new IllegalArgumentException(
            "version " + (i + 1) + " is missing or begins too early");
      }
    }
  }

  /** The prices that hold at a time in milliseconds; none before the first list. */
  public Optional<PriceList> at(long time) {
    for (int i = lists.size() - 1; i >= 0; i--) {
      if (lists.get(i).from() <= time) {
        return Optional.of(lists.get(i));
      }
    }
    return Optional.empty();
  }

  /** The prices of an hour since 1970: those that hold when it begins, to its end. */
  public Optional<PriceList> inHour(long hour) {
    return at(Math.multiplyExact(hour, Settlement.HOUR_MILLIS));
  }

  /** The prices of a version. */
  public Optional<PriceList> version(int version) {
    return version >= 1 && version <= lists.size()
        ? Optional.of(lists.get(version - 1))
        : Optional.empty();
  }

  /** What comes of a proposed list. */
  public sealed interface Change {

    record Added(PriceBook book) implements Change {}

    /** Its version is not the next one. */
    record WrongVersion(int next) implements Change {}

    /** It would begin in the past, or not after the newest list. */
    record TooEarly(long after) implements Change {}
  }

  /** The book with one more list, decided now. */
  public Change with(PriceList list, long now) {
    if (list.version() != lists.size() + 1) {
      return new Change.WrongVersion(lists.size() + 1);
    }
    long after = lists.isEmpty() ? now : Math.max(now, lists.getLast().from());
    if (list.from() <= after) {
      return new Change.TooEarly(after);
    }
    List<PriceList> more = new ArrayList<>(lists);
    more.add(list);
    return new Change.Added(new PriceBook(more));
  }
}
