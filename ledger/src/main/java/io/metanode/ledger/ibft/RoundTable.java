package io.metanode.ledger.ibft;

import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Messages of one kind and height by round and author, at most one of each; immutable. An author
 * fills at most {@value #ROUNDS_PER_AUTHOR} rounds; then its lowest gives way, so that nobody can
 * exhaust memory or push out another's messages.
 */
final class RoundTable<M> {

  static final int ROUNDS_PER_AUTHOR = 32;

  private final NavigableMap<Round, NavigableMap<ValidatorId, M>> rounds;

  private RoundTable(NavigableMap<Round, NavigableMap<ValidatorId, M>> rounds) {
    this.rounds = rounds;
  }

  static <M> RoundTable<M> empty() {
    return new RoundTable<>(new TreeMap<>());
  }

  Optional<M> get(Round round, ValidatorId author) {
    NavigableMap<ValidatorId, M> row = rounds.get(round);
    return row == null ? Optional.empty() : Optional.ofNullable(row.get(author));
  }

  /** The messages of a round, in the order of their authors. */
  List<M> at(Round round) {
    NavigableMap<ValidatorId, M> row = rounds.get(round);
    return row == null ? List.of() : List.copyOf(row.values());
  }

  /** The rounds from {@code least} on of which there are messages. */
  NavigableSet<Round> roundsFrom(Round least) {
    return rounds.tailMap(least, true).navigableKeySet();
  }

  /** The highest round, not before {@code least}, of each author that has one. */
  Collection<Round> highest(Round least) {
    NavigableMap<ValidatorId, Round> highest = new TreeMap<>();
    rounds
        .tailMap(least, true)
        .forEach((later, row) -> row.keySet().forEach(author -> highest.put(author, later)));
    return highest.values();
  }

  RoundTable<M> with(Round round, ValidatorId author, M message) {
    NavigableMap<Round, NavigableMap<ValidatorId, M>> copy = new TreeMap<>(rounds);
    List<Round> filled = rounds.keySet().stream().filter(r -> get(r, author).isPresent()).toList();
    if (filled.size() >= ROUNDS_PER_AUTHOR && !filled.contains(round)) {
      remove(copy, filled.getFirst(), author);
    }
    NavigableMap<ValidatorId, M> row =
        new TreeMap<>(copy.getOrDefault(round, Collections.emptyNavigableMap()));
    row.put(author, message);
    copy.put(round, row);
    return new RoundTable<>(copy);
  }

  RoundTable<M> without(Round round, ValidatorId author) {
    NavigableMap<Round, NavigableMap<ValidatorId, M>> copy = new TreeMap<>(rounds);
    remove(copy, round, author);
    return new RoundTable<>(copy);
  }

  private static <M> void remove(
      NavigableMap<Round, NavigableMap<ValidatorId, M>> rounds, Round round, ValidatorId author) {
    NavigableMap<ValidatorId, M> row = rounds.get(round);
    if (row == null) {
      return;
    }
    NavigableMap<ValidatorId, M> rest = new TreeMap<>(row);
    rest.remove(author);
    if (rest.isEmpty()) {
      rounds.remove(round);
    } else {
      rounds.put(round, rest);
    }
  }

  /** Without the rounds before {@code least}. */
  RoundTable<M> from(Round least) {
    return rounds.isEmpty() || !rounds.firstKey().isBefore(least)
        ? this
        : new RoundTable<>(new TreeMap<>(rounds.tailMap(least, true)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RoundTable<?> that && rounds.equals(that.rounds);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(rounds);
  }

  @Override
  public String toString() {
    return rounds.toString();
  }
}
