package io.metanode.ledger.ibft;

import io.metanode.crypto.BlsSignature;
import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.ProposalRules;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.Validator;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Visits every state that four validators of the real class can reach at one height within a bound
 * on rounds, one of them Byzantine, and checks agreement in each. docs/formats/consensus.md says
 * what is left out, and why nothing is lost by it:
 *
 * <ul>
 *   <li>heights are searched one at a time: QbftState.at passes on the height and the set alone;
 *   <li>messages are delivered in the lots in which they have an effect, since below a quorum they
 *       only fill the log; a validator that waits longer for the rest is a later delivery;
 *   <li>the Byzantine validator votes for everything, since a vote more never prevents a step;
 *   <li>validators do not wait for each other before they leave a round, which adds behaviour.
 * </ul>
 */
final class StateSearch {

  /** How a search ended. */
  record Result(long states, long steps, boolean complete, Optional<String> violation) {}

  private final Height height;
  private final int lastRound;
  private final List<KeyIdentity> honest = new ArrayList<>();
  private final Bench bench = new Bench(4);
  private final SearchAdversary adversary;
  private final Rules rules;
  private final boolean crashes;

  StateSearch(Height height, int byzantine, int lastRound, boolean crashes, Spoiler spoiler) {
    this.height = height;
    this.lastRound = lastRound;
    this.crashes = crashes;
    for (int i = 0; i < bench.members.size(); i++) {
      if (i != byzantine) {
        honest.add(bench.members.get(i));
      }
    }
    rules = spoiler.spoil(new Believer(), new AnyBlock());
    adversary =
        new SearchAdversary(
            height, bench.set, rules.quorum(bench.set), bench.members.get(byzantine).id());
  }

  /** Makes the rules of a search, sound or not. */
  interface Spoiler {
    Rules spoil(Authenticity authenticity, ProposalRules proposals);
  }

  /** As they are, but for waiting. */
  static class Hasty extends Rules {
    Hasty(Authenticity authenticity, ProposalRules proposals) {
      super(Bench.CHAIN, authenticity, proposals);
    }

    @Override
    boolean isRoundReached(QbftState state) {
      return true;
    }
  }

  /** Nobody forges here but the adversary, and it does so in its own name. */
  private static final class Believer implements Authenticity {
    @Override
    public boolean authentic(Validator author, byte[] message, Signature signature) {
      return true;
    }

    @Override
    public boolean sealed(Validator author, byte[] message, BlsSignature seal) {
      return true;
    }

    @Override
    public boolean allSealed(List<Validator> signers, byte[] message, BlsSignature aggregate) {
      return true;
    }

    @Override
    public Optional<BlsSignature> aggregate(List<BlsSignature> seals) {
      return Optional.of(SearchAdversary.SEAL);
    }
  }

  private static final class AnyBlock implements ProposalRules {
    @Override
    public boolean binds(Proposal proposal) {
      return true;
    }

    @Override
    public boolean isValid(Proposal proposal, Round round, ValidatorId leader) {
      return true;
    }
  }

  /** Signs with nothing. */
  private record Stamp(ValidatorId id) implements Identity {
    @Override
    public Signature sign(byte[] message) {
      return SearchAdversary.SIGNATURE;
    }

    @Override
    public BlsSignature seal(byte[] message) {
      return SearchAdversary.SEAL;
    }
  }

  Result run(long mostStates) {
    ValidatorSet set = bench.set;
    QbftState first = QbftState.at(height, set, VoteRecord.none(height));
    SearchWorld start =
        new SearchWorld(
            honest.stream().map(h -> first).toList(),
            honest.stream().map(h -> Optional.<Digest>empty()).toList(),
            new TreeMap<>());
    Set<Fingerprint> seen = new HashSet<>();
    Deque<SearchWorld> open = new ArrayDeque<>();
    open.push(start);
    seen.add(Fingerprint.of(start.key(this::leads)));
    long steps = 0;
    while (!open.isEmpty()) {
      SearchWorld world = open.pop();
      Optional<String> violation = world.violation(set.quorum() - 1);
      if (violation.isPresent()) {
        return new Result(seen.size(), steps, false, violation);
      }
      for (SearchWorld next : successors(world)) {
        steps++;
        if (seen.size() < mostStates && seen.add(Fingerprint.of(next.key(this::leads)))) {
          open.push(next);
        }
      }
    }
    return new Result(seen.size(), steps, seen.size() < mostStates, Optional.empty());
  }

  private boolean leads(int node, Round round) {
    return bench.set.leader(height, round).equals(honest.get(node).id());
  }

  private List<SearchWorld> successors(SearchWorld world) {
    List<SearchWorld> next = new ArrayList<>();
    for (int node = 0; node < honest.size(); node++) {
      if (!world.hasDecided(node)) {
        for (List<Event> lot : lots(world, node)) {
          next.add(handle(world, node, lot));
        }
        if (crashes) {
          next.add(restarted(world, node));
        }
      }
    }
    return next;
  }

  private SearchWorld restarted(SearchWorld world, int node) {
    QbftState state = QbftState.at(height, bench.set, world.nodes().get(node).votes());
    return world.after(node, new Step(state, List.of()), height);
  }

  private SearchWorld handle(SearchWorld world, int node, List<Event> lot) {
    SearchWorld next = world;
    for (Event event : lot) {
      Step step = step(next.nodes().get(node), node, event);
      next = next.after(node, step, height);
      for (Effect effect : step.effects()) {
        if (effect instanceof Effect.Build build && !next.hasDecided(node)) {
          Event built = new Event.Built(build.round(), adversary.block(honestBlock(build)));
          next = next.after(node, step(next.nodes().get(node), node, built), height);
        }
      }
      if (next.hasDecided(node)) {
        return next;
      }
    }
    return next;
  }

  private static int honestBlock(Effect.Build build) {
    return build.round().value();
  }

  private Step step(QbftState state, int node, Event event) {
    Identity identity = new Stamp(honest.get(node).id());
    return new Transition(rules, h -> bench.set, identity, state).step(event);
  }

  /** All the ways in which something can happen to a validator next. */
  private List<List<Event>> lots(SearchWorld world, int node) {
    QbftState state = world.nodes().get(node);
    List<List<Event>> lots = new ArrayList<>();
    if (!state.blockDue() && state.round().equals(Round.ZERO)) {
      lots.add(List.of(new Event.BlockTimeout(height)));
    }
    if (state.round().value() < lastRound) {
      lots.add(List.of(new Event.RoundTimeout(height, state.round())));
    }
    for (int r = state.round().value(); r <= lastRound; r++) {
      Round round = new Round(r);
      world
          .sent(Message.ProposalMessage.class, round)
          .forEach(m -> lots.add(List.of(new Event.Received(m))));
      forged(world, state, round).forEach(m -> lots.add(List.of(new Event.Received(m))));
      if (leads(node, round)) {
        adversary.roundChanges(world, round).forEach(lot -> lots.add(received(lot)));
      } else if (round.isAfter(state.round())) {
        adversary.roundChanges(world, round).stream()
            .findFirst()
            .ifPresent(lot -> lots.add(received(lot)));
      }
    }
    state
        .accepted()
        .ifPresent(
            accepted -> {
              lots.add(received(adversary.prepares(world, accepted)));
              lots.add(received(adversary.commits(world, accepted)));
            });
    return lots;
  }

  /** Of the adversary's proposals that the validator would take one for each block. */
  private Collection<Message.ProposalMessage> forged(
      SearchWorld world, QbftState state, Round round) {
    Map<Digest, Message.ProposalMessage> taken = new TreeMap<>();
    for (Message.ProposalMessage m : adversary.proposals(world, round)) {
      Digest digest = m.proposal().digest();
      if (!taken.containsKey(digest)
          && rules.isAcceptable(m, state)
          && rules.isJustifiedProposal(m, state)) {
        taken.put(digest, m);
      }
    }
    return taken.values();
  }

  private static List<Event> received(List<? extends Message> messages) {
    return messages.stream().<Event>map(Event.Received::new).toList();
  }

  /** 128 bits of a key: among 10^8 states two collide with a probability below 10^-22. */
  private record Fingerprint(long high, long low) {
    static Fingerprint of(String key) {
      long a = 0x9e3779b97f4a7c15L;
      long b = 0xc2b2ae3d27d4eb4fL;
      for (int i = 0; i < key.length(); i++) {
        a = (a ^ key.charAt(i)) * 0xff51afd7ed558ccdL;
        a ^= a >>> 32;
        b = (b + key.charAt(i)) * 0xc4ceb9fe1a85ec53L;
        b ^= b >>> 29;
      }
      return new Fingerprint(a, b);
    }
  }

  /** {@code StateSearch [LAST_ROUND [MOST_STATES [crashes]]]}: both heights, each validator. */
  public static void main(String[] arguments) {
    int lastRound = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
    long most = arguments.length > 1 ? Long.parseLong(arguments[1]) : Long.MAX_VALUE;
    boolean crashes = arguments.length > 2;
    for (int h = 1; h <= 2; h++) {
      for (int byzantine = 0; byzantine < 4; byzantine++) {
        Result result =
            new StateSearch(new Height(h), byzantine, lastRound, crashes, Hasty::new).run(most);
        System.out.println(
            String.format(
                Locale.ROOT,
                "{\"height\":%d,\"byzantine\":%d,\"rounds\":%d,\"states\":%d,\"steps\":%d,"
                    + "\"complete\":%b,\"violation\":\"%s\"}",
                h,
                byzantine,
                lastRound + 1,
                result.states(),
                result.steps(),
                result.complete(),
                result.violation().orElse("")));
      }
    }
  }
}
