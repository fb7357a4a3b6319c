package io.metanode.ledger.consensus;

/**
 * What an engine asks of its host. Effects are carried out in order: a {@link Persist} or {@link
 * Decide} is durable before any effect after it is begun. A host that crashes in between has sent
 * nothing that it may not remember.
 */
public sealed interface EngineEffect {

  /** Makes the engine's votes durable, in place of the record before. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Persist(byte[] record) implements EngineEffect {}

  /** Sends the message to every other validator of the height. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Broadcast(Height height, byte[] message) implements EngineEffect {}

  /** Appends the block, which is final. */
  record Decide(Proposal proposal, CommitCertificate certificate) implements EngineEffect {}

  /** Asks for a new proposal, answered by {@link EngineEvent.Built}. */
  record Build(Height height, Round round) implements EngineEffect {}

  /** Asks for {@link EngineEvent.BlockTimeout}, in place of any block timer before. */
  record StartBlockTimer(Height height, long delayMillis) implements EngineEffect {}

  /** Asks for {@link EngineEvent.RoundTimeout}, in place of any round timer before. */
  record StartRoundTimer(Height height, Round round, long delayMillis) implements EngineEffect {}

  /** Asks {@code from} for the block at {@code height} and those after it. */
  record Fetch(Height height, ValidatorId from) implements EngineEffect {}

  /** Sends {@code to}, which lags, the block at {@code height}. */
  record Offer(Height height, ValidatorId to) implements EngineEffect {}

  /** Two signed messages, one of which their author must not have sent. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Report(byte[] evidence) implements EngineEffect {}
}
