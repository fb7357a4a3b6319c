package io.metanode.ledger.ibft;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorSet;
import io.metanode.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Three validators with the Byzantine one as they are: messages one by one in any order, logs kept,
 * blocks built late, crashes between two effects. Only decisions are put off, as if the validator
 * were not scheduled again but for those who go on; {@link #decidable} has them.
 */
final class SearchWalk {

  private static final int CHOICES = 40;

  /** Never decides, but says what it would; and waits for nobody, which adds behaviour. */
  private final class Undecided extends Rules {
    Undecided(QbftEngine.Setup setup) {
      super(setup.chain(), setup.authenticity(), setup.proposals());
    }

    @Override
    Optional<CommitCertificate> certify(
        List<Message.CommitMessage> commits, Proposal block, Round round, ValidatorSet set) {
      decidable.add(block.digest());
      return Optional.empty();
    }

    @Override
    boolean isRoundReached(QbftState state) {
      return true;
    }
  }

  private final class Walker {
    private final SearchNode node;
    private final Identity identity;
    private QbftState state;
    private VoteRecord durable;
    private long sent;
    private Optional<Effect.Build> building = Optional.empty();
    private final List<Message> inbox = new ArrayList<>();

    Walker(SearchNode node, Identity identity) {
      this.node = node;
      this.identity = identity;
      durable = VoteRecord.none(scope.height());
      state = QbftState.at(scope.height(), SearchQuartet.SET, durable);
    }

    int number() {
      return node.number(SearchLocal.of(state, durable, sent));
    }

    void handle(Event event) {
      Rules rules = new Undecided(SearchQuartet.setup(identity.id()));
      Step step = new Transition(rules, h -> SearchQuartet.SET, identity, state).step(event);
      boolean crash = scope.crashes() && gen.between(1, CHOICES) == 1;
      long effects = crash ? gen.between(0, step.effects().size()) : step.effects().size();
      for (Effect effect : step.effects().subList(0, (int) effects)) {
        carryOut(effect);
      }
      state = crash ? QbftState.at(scope.height(), SearchQuartet.SET, durable) : step.state();
      if (crash) {
        building = Optional.empty();
        inbox.clear();
        inbox.addAll(messages);
      }
    }

    private void carryOut(Effect effect) {
      if (effect instanceof Effect.Persist p) {
        durable = p.votes();
      } else if (effect instanceof Effect.Build b) {
        building = Optional.of(b);
      } else if (effect instanceof Effect.Broadcast b) {
        long bit = node.messages().bit(b.message());
        if ((sent & bit) == 0) {
          messages.add(b.message());
          walkers.forEach(w -> w.inbox.add(b.message()));
        }
        sent |= bit;
      }
    }
  }

  private final SearchScope scope;
  private final Gen gen;
  private final SearchAdversary adversary;
  private final List<Walker> walkers = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();
  private final Set<Digest> decidable = new TreeSet<>();

  SearchWalk(SearchScope scope, SearchMoves moves, Gen gen) {
    this.scope = scope;
    this.gen = gen;
    int at = 0;
    for (int position = 0; position < SearchQuartet.SET.size(); position++) {
      var setup = SearchQuartet.setup(SearchQuartet.member(position));
      if (position != scope.byzantine()) {
        walkers.add(new Walker(moves.node(at++), setup.identity()));
      }
    }
    var setup = SearchQuartet.setup(SearchQuartet.member(scope.byzantine()));
    adversary = new SearchAdversary(scope, SearchQuartet.rules(setup));
  }

  /** The number that the search has for this world. */
  long world() {
    long world = SearchWorld.START;
    for (int node = 0; node < walkers.size(); node++) {
      world = SearchWorld.with(world, node, walkers.get(node).number());
    }
    return world;
  }

  Set<Digest> decidable() {
    return decidable;
  }

  SearchView view() {
    return new SearchView(messages);
  }

  void step() {
    Walker walker = walkers.get((int) gen.between(0, walkers.size() - 1));
    long choice = gen.between(1, CHOICES);
    if (choice <= 2) {
      timer(walker, choice == 1);
    } else if (choice <= 6) {
      walker.building.ifPresent(
          b ->
              walker.handle(
                  new Event.Built(
                      b.round(), SearchQuartet.block(scope.height(), b.round().value()))));
    } else {
      receive(walker, choice <= CHOICES / 3);
    }
  }

  private void receive(Walker walker, boolean forged) {
    boolean again = gen.between(0, 1) == 0;
    List<? extends Message> from = forged ? forged() : again ? messages : walker.inbox;
    if (!from.isEmpty()) {
      int at = (int) gen.between(0, from.size() - 1);
      Message message = forged || again ? from.get(at) : walker.inbox.remove(at);
      walker.handle(new Event.Received(message));
    }
  }

  private void timer(Walker walker, boolean round) {
    if (!round) {
      walker.handle(new Event.BlockTimeout(scope.height()));
    } else if (walker.state.round().isBefore(scope.last())) {
      walker.handle(new Event.RoundTimeout(scope.height(), walker.state.round()));
    }
  }

  private List<? extends Message> forged() {
    Round round = new Round((int) gen.between(0, scope.rounds() - 1));
    int number = (int) gen.between(0, 4);
    Digest digest =
        SearchQuartet.block(scope.height(), number < scope.rounds() ? number : number + 7).digest();
    return switch ((int) gen.between(0, 3)) {
      case 0 -> List.of(adversary.prepare(round, digest));
      case 1 -> List.of(adversary.commit(round, digest));
      case 2 -> round.equals(Round.ZERO) ? List.of() : adversary.roundChanges(view(), round);
      default ->
          SearchQuartet.SET
                  .leader(scope.height(), round)
                  .equals(SearchQuartet.member(scope.byzantine()))
              ? adversary.proposals(view(), round)
              : List.of();
    };
  }
}
