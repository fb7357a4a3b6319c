package io.metanode.ledger.ibft;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.ChainId;
import io.metanode.ledger.consensus.ConsensusEngine;
import io.metanode.ledger.consensus.EngineEffect;
import io.metanode.ledger.consensus.EngineEvent;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.ProposalRules;
import io.metanode.ledger.consensus.ValidatorSchedule;
import java.util.List;
import java.util.Optional;

/** QBFT behind the port: holds the state, and turns messages into bytes and back. */
public final class QbftEngine implements ConsensusEngine {

  /**
   * What an engine is made of.
   *
   * @param identity who votes; it may be outside the set, and then only follows
   */
  public record Setup(
      ChainId chain,
      Identity identity,
      Authenticity authenticity,
      ProposalRules proposals,
      ValidatorSchedule schedule,
      RoundTimeouts timeouts) {}

  private final Setup setup;
  private final Rules rules;
  private QbftState state;

  QbftEngine(Setup setup, Rules rules, QbftState state) {
    this.setup = setup;
    this.rules = rules;
    this.state = state;
  }

  /**
   * An engine for the height after the last one decided.
   *
   * @param record the last record persisted, if any
   * @throws IllegalStateException if the record is unreadable, or of a later height: then blocks
   *     were lost, and voting could contradict earlier votes
   */
  public static QbftEngine create(Setup setup, Height height, Optional<byte[]> record) {
    Rules rules = new Rules(setup.chain(), setup.authenticity(), setup.proposals());
    return create(setup, rules, height, record);
  }

  static QbftEngine create(Setup setup, Rules rules, Height height, Optional<byte[]> record) {
    VoteRecord votes = record.map(QbftEngine::read).orElse(VoteRecord.none(height));
    if (votes.height().isAfter(height)) {
      throw new IllegalStateException(
          "votes of height "
              + votes.height()
              + " but no block before it: restore the block store, or fetch the blocks from peers"
              + " before this validator votes again");
    }
    VoteRecord current = votes.height().equals(height) ? votes : VoteRecord.none(height);
    return new QbftEngine(setup, rules, QbftState.at(height, setup.schedule().at(height), current));
  }

  /** The record of a validator that voted for nothing before {@code height}, or forgot. */
  public static byte[] blank(Height height) {
    return MessageCodec.encodeVotes(VoteRecord.none(height));
  }

  /** The height of which a record remembers votes. */
  public static Height heightOf(byte[] record) {
    return read(record).height();
  }

  /** What the validator is locked on, whose transactions it must not lose. */
  public static Optional<Digest> lockOf(byte[] record) {
    return read(record).lock().map(lock -> lock.proposal().digest());
  }

  private static VoteRecord read(byte[] record) {
    return MessageCodec.decodeVotes(record)
        .orElseThrow(() -> new IllegalStateException("the vote record is damaged"));
  }

  @Override
  public List<EngineEffect> start() {
    return List.of(
        out(new Effect.StartBlockTimer(state.height())),
        out(new Effect.StartRoundTimer(state.height(), state.round())));
  }

  @Override
  public List<EngineEffect> handle(EngineEvent event) {
    return in(event)
        .map(
            e -> {
              Step step = new Transition(rules, setup.schedule(), setup.identity(), state).step(e);
              state = step.state();
              return step.effects().stream().map(this::out).toList();
            })
        .orElse(List.of());
  }

  @Override
  public Height height() {
    return state.height();
  }

  QbftState state() {
    return state;
  }

  private static Optional<Event> in(EngineEvent event) {
    return switch (event) {
      case EngineEvent.Received e -> MessageCodec.decode(e.message()).map(Event.Received::new);
      case EngineEvent.BlockTimeout e -> Optional.of(new Event.BlockTimeout(e.height()));
      case EngineEvent.RoundTimeout e -> Optional.of(new Event.RoundTimeout(e.height(), e.round()));
      case EngineEvent.Built e -> Optional.of(new Event.Built(e.round(), e.proposal()));
      case EngineEvent.BlockArrived e ->
          Optional.of(new Event.BlockArrived(e.proposal(), e.certificate()));
    };
  }

  private EngineEffect out(Effect effect) {
    return switch (effect) {
      case Effect.Persist e -> new EngineEffect.Persist(MessageCodec.encodeVotes(e.votes()));
      case Effect.Broadcast e ->
          new EngineEffect.Broadcast(e.message().height(), MessageCodec.encode(e.message()));
      case Effect.Decide e -> new EngineEffect.Decide(e.proposal(), e.certificate());
      case Effect.Build e -> new EngineEffect.Build(e.height(), e.round());
      case Effect.StartBlockTimer e ->
          new EngineEffect.StartBlockTimer(e.height(), setup.timeouts().blockMillis());
      case Effect.StartRoundTimer e ->
          new EngineEffect.StartRoundTimer(e.height(), e.round(), setup.timeouts().of(e.round()));
      case Effect.Fetch e -> new EngineEffect.Fetch(e.height(), e.from());
      case Effect.Offer e -> new EngineEffect.Offer(e.height(), e.to());
      case Effect.Report e -> new EngineEffect.Report(MessageCodec.encode(e.evidence()));
    };
  }
}
