package io.metanode.ledger.ibft;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One honest validator of a search: runs the real {@link Transition} for a lot of events, once for
 * each state and lot, and numbers the states that come of it.
 */
final class SearchNode {

  /**
   * What comes of a lot.
   *
   * @param next the numbers of the states it can be in afterwards
   * @param decided the blocks that it decided
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Outcome(int[] next, Set<Digest> decided, Optional<String> violation) {

    Outcome or(Outcome other) {
      return new Outcome(
          IntStream.concat(Arrays.stream(next), Arrays.stream(other.next)).distinct().toArray(),
          Stream.concat(decided.stream(), other.decided.stream())
              .collect(Collectors.toUnmodifiableSet()),
          violation.or(() -> other.violation));
    }
  }

  static final int MOST = 1 << 20;

  private final SearchScope scope;
  private final Rules rules;
  private final Identity identity;
  private final SearchMessages messages;
  private final List<SearchLocal> locals = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private final SearchShadows shadows;

  SearchNode(SearchScope scope, Rules rules, ValidatorId self) {
    this.scope = scope;
    this.rules = rules;
    identity = SearchQuartet.setup(self).identity();
    messages = new SearchMessages(new SearchMessages.Parts(scope));
    shadows = new SearchShadows(messages, new SearchMessages.Parts(scope).count());
    VoteRecord none = VoteRecord.none(scope.height());
    number(SearchLocal.of(QbftState.at(scope.height(), SearchQuartet.SET, none), none, 0));
  }

  SearchLocal local(int number) {
    return locals.get(number);
  }

  int size() {
    return locals.size();
  }

  SearchMessages messages() {
    return messages;
  }

  /** A number for what of its messages is in a part. */
  int shadow(int part, int number) {
    return shadows.of(part, number);
  }

  boolean leads(Round round) {
    return SearchQuartet.SET.leader(scope.height(), round).equals(identity.id());
  }

  int number(SearchLocal local) {
    Integer known = numbers.putIfAbsent(local.key(), locals.size());
    if (known != null) {
      return known;
    }
    if (locals.size() == MOST) {
      throw new IllegalStateException("more than " + MOST + " states of one validator");
    }
    locals.add(local);
    shadows.add(local.sent());
    return locals.size() - 1;
  }

  /** What is wrong with what it sent or accepted, whatever the others did. */
  Optional<String> violation(int number) {
    SearchLocal local = locals.get(number);
    Map<String, Message> votes = new HashMap<>();
    for (Message m : messages.of(local.sent())) {
      Message other = votes.put(m.signed().payload().kind() + "." + m.round(), m);
      if (other != null) {
        return Optional.of("contradiction: " + SearchNames.of(m) + " and " + SearchNames.of(other));
      }
    }
    return local
        .state()
        .accepted()
        .filter(
            m ->
                m.proposal().equals(SearchQuartet.block(scope.height(), SearchQuartet.INVALID))
                    || !m.author().equals(SearchQuartet.SET.leader(scope.height(), m.round())))
        .map(m -> "validity: accepted " + SearchNames.of(m));
  }

  Outcome crash(int number) {
    SearchLocal l = locals.get(number);
    int restarted = number(SearchLocal.restarted(l.state(), l.durable(), l.sent()));
    return new Outcome(new int[] {restarted}, Set.of(), Optional.empty());
  }

  Outcome after(int number, List<Event> lot) {
    return outcomes.computeIfAbsent(
        number + " " + SearchNames.of(lot), k -> course(locals.get(number), lot));
  }

  /** A block that is asked for is built at once, or not before the lot is over. */
  private Outcome course(SearchLocal from, List<Event> lot) {
    Course prompt = new Course(from, true);
    Outcome outcome = prompt.run(lot);
    return prompt.built ? outcome.or(new Course(from, false).run(lot)) : outcome;
  }

  /** One lot's course. */
  private final class Course {
    private final boolean builds;
    private boolean built;
    private final Set<Integer> next = new LinkedHashSet<>();
    private final Set<Digest> decided = new LinkedHashSet<>();
    private Optional<String> violation = Optional.empty();
    private QbftState state;
    private VoteRecord durable;
    private long sent;

    Course(SearchLocal from, boolean builds) {
      this.builds = builds;
      state = from.state();
      durable = from.durable();
      sent = from.sent();
    }

    Outcome run(List<Event> lot) {
      lot.forEach(this::handle);
      if (decided.isEmpty()) {
        next.add(number(SearchLocal.of(state, durable, sent)));
      }
      return new Outcome(
          next.stream().mapToInt(Integer::intValue).toArray(), Set.copyOf(decided), violation);
    }

    private void handle(Event event) {
      if (!decided.isEmpty()) {
        return;
      }
      QbftState before = state;
      Step step = new Transition(rules, h -> SearchQuartet.SET, identity, state).step(event);
      state = step.state();
      for (Effect effect : step.effects()) {
        carryOut(effect, before);
      }
    }

    private void carryOut(Effect effect, QbftState before) {
      switch (effect) {
        case Effect.Persist e -> durable = e.votes();
        case Effect.Broadcast e -> sent |= messages.bit(e.message());
        case Effect.Decide e -> decide(e.proposal());
        case Effect.Build e -> build(e.round());
        case Effect.StartBlockTimer e -> {}
        case Effect.StartRoundTimer e -> {}
        case Effect.Fetch e -> {}
        case Effect.Offer e -> {}
        case Effect.Report e -> {}
      }
      if (scope.crashes()
          && (effect instanceof Effect.Persist || effect instanceof Effect.Broadcast)) {
        next.add(number(SearchLocal.restarted(before, durable, sent)));
      }
    }

    private void build(Round round) {
      if (builds) {
        built = true;
        handle(new Event.Built(round, SearchQuartet.block(scope.height(), round.value())));
      }
    }

    /** A height hands on its number and the set, and nothing else. */
    private void decide(Proposal proposal) {
      decided.add(proposal.digest());
      VoteRecord none = VoteRecord.none(scope.height().next());
      if (!state.equals(QbftState.at(scope.height().next(), SearchQuartet.SET, none))) {
        violation = Optional.of("handover: a decided height left more than its number");
      }
    }
  }
}
