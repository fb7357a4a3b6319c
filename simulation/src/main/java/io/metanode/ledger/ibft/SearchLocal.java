package io.metanode.ledger.ibft;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one honest validator is in, and what it ever sent at the height.
 *
 * @param state with an empty log: what it holds may as well be delivered again
 * @param durable what it would remember after a crash
 * @param sent a set of its messages, by {@link SearchMessages#bit}
 */
record SearchLocal(QbftState state, VoteRecord durable, long sent) {

  static SearchLocal of(QbftState state, VoteRecord durable, long sent) {
    return new SearchLocal(forgetful(state), durable, sent);
  }

  static SearchLocal restarted(QbftState state, VoteRecord durable, long sent) {
    return of(QbftState.at(state.height(), state.validators(), durable), durable, sent);
  }

  private static QbftState forgetful(QbftState s) {
    return new QbftState(
        s.height(),
        s.validators(),
        s.votes(),
        s.accepted(),
        false,
        Optional.empty(),
        MessageLog.EMPTY,
        List.of(),
        Set.of());
  }

  String key() {
    return SearchNames.of(state) + " | " + SearchNames.of(durable) + " | " + sent;
  }
}
