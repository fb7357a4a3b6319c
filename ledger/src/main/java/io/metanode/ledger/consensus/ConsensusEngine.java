package io.metanode.ledger.consensus;

import java.util.List;

/**
 * Decides one proposal a height, in order, the same on every honest validator. An engine is driven
 * by one thread; it reads no clock, opens no socket and draws no randomness: equal events give
 * equal effects.
 */
public interface ConsensusEngine {

  /** The effects with which a fresh or restarted engine begins. Called once, before any event. */
  List<EngineEffect> start();

  List<EngineEffect> handle(EngineEvent event);

  /** The height being decided. */
  Height height();
}
