package io.metanode.ledger.consensus;

/** What happens to an engine. Time enters as timeouts alone. */
public sealed interface EngineEvent {

  /** Bytes arrived, from whom is for their signature to say. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Received(byte[] message) implements EngineEvent {}

  /** The timer of {@link EngineEffect.StartBlockTimer} expired. */
  record BlockTimeout(Height height) implements EngineEvent {}

  /** The timer of {@link EngineEffect.StartRoundTimer} expired. */
  record RoundTimeout(Height height, Round round) implements EngineEvent {}

  /** The answer to {@link EngineEffect.Build}. */
  record Built(Round round, Proposal proposal) implements EngineEvent {}

  /** A block decided by others: the answer to {@link EngineEffect.Fetch}, or an offer. */
  record BlockArrived(Proposal proposal, CommitCertificate certificate) implements EngineEvent {}
}
