package io.metanode.ledger.ibft;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All the ways in which something can happen to a validator next: the smallest lots of messages
 * that have an effect, since everything that it does is done for some such lot, and everything else
 * it may as well receive later.
 */
final class SearchLots {

  private final SearchScope scope;
  private final SearchMessages.Parts parts;
  private final SearchAdversary adversary;

  SearchLots(SearchScope scope, SearchAdversary adversary) {
    this.scope = scope;
    this.adversary = adversary;
    parts = new SearchMessages.Parts(scope);
  }

  /** What the Byzantine validator can add in a part, of which only openings ask for it. */
  record Forgery(
      List<Message.ProposalMessage> proposals, List<Message.RoundChangeMessage> roundChanges) {}

  Forgery forgery(SearchView view, int part) {
    return roundOf(part)
        .map(
            round ->
                new Forgery(
                    adversary.proposals(view, round),
                    round.equals(Round.ZERO) ? List.of() : adversary.roundChanges(view, round)))
        .orElse(new Forgery(List.of(), List.of()));
  }

  /** The round that a part opens, if it does. */
  Optional<Round> roundOf(int part) {
    return part < parts.opening(0)
        ? Optional.empty()
        : Optional.of(new Round(part - parts.opening(0)));
  }

  /** The parts in which something can happen to a validator in this state. */
  int[] partsOf(QbftState state) {
    List<Integer> list = new ArrayList<>(List.of(SearchMessages.Parts.OWN));
    int round = state.round().value();
    if (state.accepted().isPresent()) {
      list.add(parts.votes(round));
    } else {
      list.add(parts.opening(round));
    }
    for (int later = round + 1; later < scope.rounds(); later++) {
      list.add(parts.opening(later));
    }
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  List<List<Event>> of(QbftState state, boolean leads, int part, SearchView view, Forgery forged) {
    if (part == SearchMessages.Parts.OWN) {
      return timers(state);
    }
    return roundOf(part)
        .map(round -> opening(state, leads, round, view, forged))
        .orElseGet(() -> votes(state, view));
  }

  private List<List<Event>> timers(QbftState state) {
    List<List<Event>> lots = new ArrayList<>();
    if (state.round().equals(Round.ZERO)) {
      lots.add(List.of(new Event.BlockTimeout(scope.height())));
    }
    if (state.round().isBefore(scope.last())) {
      lots.add(List.of(new Event.RoundTimeout(scope.height(), state.round())));
    }
    return lots;
  }

  /** Everybody's prepares, and everybody's commits. */
  private List<List<Event>> votes(QbftState state, SearchView view) {
    Digest digest = state.accepted().orElseThrow().proposal().digest();
    List<Message> prepares = new ArrayList<>();
    prepares.add(adversary.prepare(state.round(), digest));
    prepares.addAll(view.of(Message.PrepareMessage.class, state.round()));
    List<Message> commits = new ArrayList<>();
    commits.add(adversary.commit(state.round(), digest));
    commits.addAll(view.of(Message.CommitMessage.class, state.round()));
    return List.of(received(prepares), received(commits));
  }

  private List<List<Event>> opening(
      QbftState state, boolean leads, Round round, SearchView view, Forgery forged) {
    List<List<Event>> lots = new ArrayList<>();
    view.of(Message.ProposalMessage.class, round).forEach(m -> lots.add(received(List.of(m))));
    forged.proposals().forEach(m -> lots.add(received(List.of(m))));
    if (leads && round.isAfter(Round.ZERO)) {
      roundChanges(view, round, forged).forEach(lot -> lots.add(received(lot)));
    }
    if (round.isAfter(state.round())) {
      view.stream(Message.RoundChangeMessage.class)
          .filter(m -> !m.round().isBefore(round))
          .forEach(m -> forged.roundChanges().forEach(f -> lots.add(received(List.of(f, m)))));
    }
    return lots;
  }

  /** Up to a quorum of different authors, in which any claim may be the highest. */
  private static List<List<Message.RoundChangeMessage>> roundChanges(
      SearchView view, Round round, Forgery forged) {
    List<List<Message.RoundChangeMessage>> authors = new ArrayList<>();
    view.of(Message.RoundChangeMessage.class, round).forEach(m -> authors.add(List.of(m)));
    authors.add(forged.roundChanges());
    return choices(authors).stream()
        .filter(lot -> !lot.isEmpty() && lot.size() <= SearchQuartet.SET.quorum())
        .toList();
  }

  /** All the ways to take one or none of each. */
  static <T> List<List<T>> choices(List<List<T>> groups) {
    List<List<T>> choices = new ArrayList<>();
    choices.add(List.of());
    for (List<T> group : groups) {
      for (List<T> choice : List.copyOf(choices)) {
        for (T one : group) {
          List<T> more = new ArrayList<>(choice);
          more.add(one);
          choices.add(more);
        }
      }
    }
    return choices;
  }

  private static List<Event> received(List<? extends Message> messages) {
    return messages.stream().<Event>map(Event.Received::new).toList();
  }
}
