package io.metanode.ledger.ibft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What can happen in a world, from tables: what a validator does depends on its own state and on
 * what the others show in a part of their messages, of which there are far fewer than worlds.
 */
final class SearchMoves {

  /**
   * What can happen to one validator in one part.
   *
   * @param next the states that it can be in afterwards, other than the one it is in
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Moves(int[] next, Optional<String> violation) {}

  private static final int SHADOW_BITS = 18;
  private static final int PART_BITS = 4;

  private final SearchScope scope;
  private final SearchNode[] nodes = new SearchNode[SearchWorld.NODES];
  private final SearchLots lots;
  private final SearchVerdicts verdicts;
  private final LongTable[] known = new LongTable[SearchWorld.NODES];
  private final LongTable knownForgeries = new LongTable();
  private final LongTable knownVerdicts = new LongTable();
  private final List<Moves> moves = new ArrayList<>();
  private final List<SearchLots.Forgery> forgeries = new ArrayList<>();
  private final List<Optional<String>> judged = new ArrayList<>();
  private final List<List<int[]>> parts = new ArrayList<>();

  SearchMoves(SearchScope scope, Function<QbftEngine.Setup, Rules> spoiler) {
    this.scope = scope;
    int at = 0;
    for (int position = 0; position <= SearchWorld.NODES; position++) {
      if (position != scope.byzantine()) {
        var self = SearchQuartet.member(position);
        known[at] = new LongTable();
        parts.add(new ArrayList<>());
        nodes[at++] = new SearchNode(scope, spoiler.apply(SearchQuartet.setup(self)), self);
      }
    }
    var self = SearchQuartet.member(scope.byzantine());
    Rules rules = spoiler.apply(SearchQuartet.setup(self));
    SearchAdversary adversary = new SearchAdversary(scope, rules);
    lots = new SearchLots(scope, adversary);
    verdicts = new SearchVerdicts(scope, rules, adversary);
  }

  SearchNode node(int node) {
    return nodes[node];
  }

  /** The parts in which something can happen to a validator. */
  int[] partsOf(int node, int state) {
    List<int[]> list = parts.get(node);
    while (list.size() <= state) {
      list.add(lots.partsOf(nodes[node].local(list.size()).state()));
    }
    return list.get(state);
  }

  Moves of(long world, int node, int part) {
    long key = ((long) SearchWorld.node(world, node) << PART_BITS) | part;
    for (int other = 0; other < SearchWorld.NODES; other++) {
      if (other != node) {
        key = (key << SHADOW_BITS) | shadow(world, other, part);
      }
    }
    int at = known[node].get(key);
    if (at < 0) {
      at = moves.size();
      moves.add(find(world, node, part));
      known[node].put(key, at);
    }
    return moves.get(at);
  }

  private int shadow(long world, int node, int part) {
    return nodes[node].shadow(part, SearchWorld.node(world, node));
  }

  private long shadows(long world, int part) {
    long key = part;
    for (int node = 0; node < SearchWorld.NODES; node++) {
      key = (key << SHADOW_BITS) | shadow(world, node, part);
    }
    return key;
  }

  private SearchView view(long world, int part) {
    List<Message> sent = new ArrayList<>();
    for (int node = 0; node < SearchWorld.NODES; node++) {
      SearchMessages messages = nodes[node].messages();
      long mask = nodes[node].local(SearchWorld.node(world, node)).sent();
      sent.addAll(messages.of(messages.within(part, mask)));
    }
    return new SearchView(sent);
  }

  private Moves find(long world, int node, int part) {
    int from = SearchWorld.node(world, node);
    SearchView view = view(world, part);
    QbftState state = nodes[node].local(from).state();
    Set<Integer> next = new LinkedHashSet<>();
    Set<String> violations = new HashSet<>();
    for (List<Event> lot :
        lots.of(state, leads(node, part), part, view, forgery(world, part, view))) {
      add(nodes[node].after(from, lot), view, next, violations);
    }
    if (part == SearchMessages.Parts.OWN && scope.crashes()) {
      add(nodes[node].crash(from), view, next, violations);
    }
    next.remove(from);
    for (int n : next) {
      nodes[node].violation(n).ifPresent(violations::add);
    }
    return new Moves(
        next.stream().mapToInt(Integer::intValue).toArray(), violations.stream().findFirst());
  }

  private static void add(
      SearchNode.Outcome outcome, SearchView view, Set<Integer> next, Set<String> violations) {
    for (int n : outcome.next()) {
      next.add(n);
    }
    outcome.violation().ifPresent(violations::add);
    outcome.decided().stream()
        .filter(digest -> !view.founds(digest))
        .forEach(digest -> violations.add("unfounded decision: " + SearchNames.of(digest)));
  }

  private boolean leads(int node, int part) {
    return lots.roundOf(part).map(nodes[node]::leads).orElse(false);
  }

  private SearchLots.Forgery forgery(long world, int part, SearchView view) {
    long key = shadows(world, part);
    int at = knownForgeries.get(key);
    if (at < 0) {
      at = forgeries.size();
      forgeries.add(lots.forgery(view, part));
      knownForgeries.put(key, at);
    }
    return forgeries.get(at);
  }

  /** What is wrong with the commits of a world, if anything. */
  Optional<String> violation(long world) {
    long key = shadows(world, SearchMessages.Parts.COMMITS);
    int at = knownVerdicts.get(key);
    if (at < 0) {
      at = judged.size();
      judged.add(verdicts.of(view(world, SearchMessages.Parts.COMMITS)));
      knownVerdicts.put(key, at);
    }
    return judged.get(at);
  }
}
