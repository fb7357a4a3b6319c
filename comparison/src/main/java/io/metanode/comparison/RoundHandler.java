package io.metanode.comparison;

import com.hedera.hapi.node.base.SemanticVersion;
import com.hedera.hapi.platform.event.StateSignatureTransaction;
import com.swirlds.platform.state.ConsensusStateEventHandler;
import com.swirlds.platform.system.InitTrigger;
import com.swirlds.platform.system.Platform;
import com.swirlds.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hiero.consensus.model.event.Event;
import org.hiero.consensus.model.hashgraph.Round;
import org.hiero.consensus.model.transaction.ScopedSystemTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Hands rounds to an {@link Application}. No round completes a block of the platform's, so that it
 * neither hashes nor signs its own state, which is empty.
 */
final class RoundHandler<T> implements ConsensusStateEventHandler {

  private final Application<T> application;

  RoundHandler(Application<T> application) {
    this.application = application;
  }

  @Override
  public void onPreHandle(
      Event event,
      State state,
      Consumer<ScopedSystemTransaction<StateSignatureTransaction>> signatures) {
    event
        .transactionIterator()
        .forEachRemaining(
            transaction ->
                transaction.setMetadata(
                    application.prepare(transaction.getApplicationTransaction().toByteArray())));
  }

  @Override
  public void onHandleConsensusRound(
      Round round,
      State state,
      Consumer<ScopedSystemTransaction<StateSignatureTransaction>> signatures) {
    List<T> prepared = new ArrayList<>();
    round.forEachTransaction(transaction -> prepared.add(transaction.getMetadata()));
    application.ordered(round.getRoundNum(), round.getConsensusTimestamp(), prepared);
  }

  @Override
  public boolean onSealConsensusRound(Round round, State state) {
    return false;
  }

  @Override
  public void onStateInitialized(
      State state,
      Platform platform,
      InitTrigger trigger,
      @Nullable SemanticVersion previousVersion) {}

  @Override
  public void onNewRecoveredState(State recoveredState) {}
}
