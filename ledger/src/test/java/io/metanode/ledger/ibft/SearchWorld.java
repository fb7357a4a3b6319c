package io.metanode.ledger.ibft;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * A state of the search: what each honest validator is in, and all that was ever sent at the
 * height. Messages stay deliverable for ever, in any order; a validator that never gets one is a
 * lost message.
 *
 * @param nodes the honest validators; one that decided is still there, one height on
 * @param decided what it decided
 * @param sent by honest validators, by {@link #name}
 */
record SearchWorld(
    List<QbftState> nodes, List<Optional<Digest>> decided, Map<String, Message> sent) {

  /** Equal for messages whose receipt makes no difference, once they were found valid. */
  static String name(Message m) {
    String content =
        switch (m) {
          case Message.ProposalMessage p -> brief(p.signed().payload().digest());
          case Message.PrepareMessage p -> brief(p.signed().payload().digest());
          case Message.CommitMessage c -> brief(c.signed().payload().digest());
          case Message.RoundChangeMessage r -> claim(r.signed().payload().prepared());
        };
    return m.signed().payload().kind() + "." + m.round() + "." + m.author() + "." + content;
  }

  private static String claim(Optional<Payload.PreparedClaim> claim) {
    return claim.map(c -> c.round() + brief(c.digest())).orElse("-");
  }

  private static String brief(Digest digest) {
    return digest.hex().substring(0, 4);
  }

  /**
   * What the state is known by. The votes in a certificate do not matter, that they suffice does;
   * prepares come in quorums, so that what is left of them is the commit; round changes matter for
   * rounds to come, and to the leader of the round.
   */
  String key(BiPredicate<Integer, Round> leads) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < nodes.size(); i++) {
      key.append(decided.get(i).map(SearchWorld::brief).orElseGet(() -> "")).append('|');
      if (decided.get(i).isEmpty()) {
        key.append(key(i, leads));
      }
      key.append('\n');
    }
    return key.append(String.join(" ", sent.keySet())).toString();
  }

  private String key(int node, BiPredicate<Integer, Round> leads) {
    QbftState s = nodes.get(node);
    boolean open = leads.test(node, s.round()) && s.votes().proposed().isEmpty();
    return s.round()
        + s.votes().proposed().map(SearchWorld::brief).orElse("-")
        + s.votes().prepared().map(SearchWorld::brief).orElse("-")
        + claim(s.lock().map(PreparedCertificate::claim))
        + s.accepted().map(SearchWorld::name).orElse("-")
        + s.blockDue()
        + table(s.log().proposals(), s.round())
        + table(s.log().commits(), s.round())
        + table(s.log().roundChanges(), open ? s.round() : s.round().next());
  }

  private static String table(RoundTable<? extends Message> table, Round from) {
    return table.roundsFrom(from).stream()
        .flatMap(r -> table.at(r).stream())
        .map(SearchWorld::name)
        .collect(Collectors.joining(";", "[", "]"));
  }

  /** With one validator a step further. */
  SearchWorld after(int node, Step step, Height height) {
    List<QbftState> next = new ArrayList<>(nodes);
    next.set(node, step.state());
    List<Optional<Digest>> nextDecided = new ArrayList<>(decided);
    Map<String, Message> nextSent = new TreeMap<>(sent);
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Broadcast b && b.message().height().equals(height)) {
        nextSent.put(name(b.message()), b.message());
      } else if (effect instanceof Effect.Decide d && d.proposal().height().equals(height)) {
        nextDecided.set(node, Optional.of(d.proposal().digest()));
      }
    }
    return new SearchWorld(List.copyOf(next), List.copyOf(nextDecided), nextSent);
  }

  boolean hasDecided(int node) {
    return decided.get(node).isPresent();
  }

  <M extends Message> List<M> sent(Class<M> type, Round round) {
    return sent.values().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(m -> m.round().equals(round))
        .toList();
  }

  /** What is wrong with this state, if anything. */
  Optional<String> violation(int enough) {
    if (decided.stream().flatMap(Optional::stream).distinct().count() > 1) {
      return Optional.of("two blocks decided");
    }
    Map<String, String> votes = new TreeMap<>();
    Map<Round, Map<Digest, Integer>> commits = new TreeMap<>();
    for (Message m : sent.values()) {
      String slot = m.signed().payload().kind() + "." + m.round() + "." + m.author();
      if (votes.put(slot, name(m)) != null) {
        return Optional.of("contradiction: " + name(m));
      }
      if (m instanceof Message.CommitMessage c) {
        commits
            .computeIfAbsent(c.round(), r -> new TreeMap<>())
            .merge(c.signed().payload().digest(), 1, Integer::sum);
      }
    }
    return abandoned(commits, enough) ? Optional.of("decision abandoned") : Optional.empty();
  }

  /** Whether enough committed to a block for a decision, and others later to another. */
  private static boolean abandoned(Map<Round, Map<Digest, Integer>> commits, int enough) {
    return commits.entrySet().stream()
        .anyMatch(
            at ->
                at.getValue().entrySet().stream()
                    .filter(e -> e.getValue() >= enough)
                    .anyMatch(
                        e ->
                            commits.entrySet().stream()
                                .filter(later -> later.getKey().isAfter(at.getKey()))
                                .flatMap(later -> later.getValue().keySet().stream())
                                .anyMatch(digest -> !digest.equals(e.getKey()))));
  }
}
