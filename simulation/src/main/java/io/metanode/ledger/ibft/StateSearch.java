package io.metanode.ledger.ibft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Visits every state that three honest validators of the real class and one Byzantine can reach at
 * one height, depth first, and checks agreement in each. docs/formats/consensus.md says what is
 * left out, and why nothing is lost by it. What a validator does is asked of the class once and
 * then looked up ({@link SearchMoves}); states are kept whole, so that none is mistaken for
 * another.
 */
final class StateSearch {

  /**
   * How a search ended.
   *
   * @param steps ways from a state to another
   * @param complete whether every state within the scope was visited
   * @param path how the violation came about
   */
  record Result(
      long states, long steps, boolean complete, Optional<String> violation, List<String> path) {}

  private final SearchMoves moves;
  private final LongSet seen = new LongSet();
  private final List<String> path = new ArrayList<>();
  private long most;
  private long steps;
  private Optional<String> violation = Optional.empty();

  StateSearch(SearchScope scope) {
    this(scope, SearchQuartet::rules);
  }

  /** With rules that may be unsound. */
  StateSearch(SearchScope scope, Function<QbftEngine.Setup, Rules> spoiler) {
    moves = new SearchMoves(scope, spoiler);
  }

  Result run(long mostStates) {
    most = mostStates;
    seen.add(SearchWorld.START);
    visit(SearchWorld.START);
    boolean complete = violation.isEmpty() && seen.size() < most;
    return new Result(seen.size(), steps, complete, violation, path.reversed());
  }

  LongSet seen() {
    return seen;
  }

  SearchMoves moves() {
    return moves;
  }

  /** Deep as the longest run without a repeated state: some hundred steps. */
  private void visit(long world) {
    violation = moves.violation(world);
    for (int node = 0; node < SearchWorld.NODES; node++) {
      int state = SearchWorld.node(world, node);
      for (int part : moves.partsOf(node, state)) {
        if (violation.isPresent()) {
          return;
        }
        SearchMoves.Moves found = moves.of(world, node, part);
        violation = found.violation();
        for (int next : found.next()) {
          if (violation.isPresent()) {
            return;
          }
          go(world, node, next);
        }
      }
    }
  }

  private void go(long world, int node, int next) {
    steps++;
    long reached = SearchWorld.with(world, node, next);
    if (seen.size() < most && seen.add(reached)) {
      visit(reached);
      if (violation.isPresent()) {
        path.add(node + ": " + SearchNames.of(moves.node(node).local(next).state()));
      }
    }
  }
}
