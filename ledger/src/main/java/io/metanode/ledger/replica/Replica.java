package io.metanode.ledger.replica;

import io.metanode.foundation.Digest;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.BlockRules;
import io.metanode.ledger.block.BlockSeal;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.consensus.ConsensusEngine;
import io.metanode.ledger.consensus.EngineEffect;
import io.metanode.ledger.consensus.EngineEvent;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Validator;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.encoding.Bytes;
import io.metanode.ledger.encoding.Bytes32;
import io.metanode.ledger.encoding.DecodingException;
import io.metanode.ledger.ibft.Message;
import io.metanode.ledger.ibft.MessageCodec;
import io.metanode.ledger.ibft.PayloadCodec;
import io.metanode.ledger.ibft.QbftEngine;
import io.metanode.ledger.mempool.Mempool;
import io.metanode.ledger.state.Applied;
import io.metanode.ledger.state.LedgerAccounts;
import io.metanode.ledger.state.Parameters;
import io.metanode.ledger.store.Chain;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * One validator, or a follower that votes for nothing: events in, effects out. Equal events on
 * equal disks give equal effects. Used by one thread, but for {@link #chain}, which any may read.
 *
 * <p>Votes and blocks are written through the disks of the setup while an event is handled, and are
 * durable when its effects are returned: one sync for all votes of a call, one for each block.
 * After an {@link IOException} a replica must not be used again; open another on the same disks.
 */
public final class Replica implements Closeable {

  /** Makes the engine, with the last record that it asked to have remembered. */
  @FunctionalInterface
  public interface Engines {
    ConsensusEngine create(QbftEngine.Setup setup, Height height, Optional<byte[]> record);
  }

  private static final long STATUS_MILLIS = 1_000;

  private final ReplicaSetup setup;
  private final ValidatorId self;
  private final Equivocation check;
  private final Chain chain;
  private final VoteJournal journal;
  private final Outbox out = new Outbox();
  private final Rosters rosters;
  private final ChainRules rules;
  private final Mempool pool;
  private final ProposalGate gate;
  private final Intake intake;
  private final Pacemaker pace;
  private final BlockBuilder builder;
  private final EvidencePool evidence;
  private final CatchUp catchUp;
  private final EarlyMessages early = new EarlyMessages();
  private final ConsensusEngine engine;
  private final Queue<EngineEvent> queue = new ArrayDeque<>();
  private Optional<byte[]> votes = Optional.empty();
  private Optional<Digest> locked;

  private Replica(ReplicaSetup setup, Engines engines, Chain chain, VoteJournal journal) {
    this.setup = setup;
    this.chain = chain;
    this.journal = journal;
    ReplicaOptions options = setup.options();
    Parameters parameters = setup.genesis().parameters();
    self = setup.identity().id();
    check = new Equivocation(setup.genesis().id(), setup.authenticity());
    rosters = new Rosters(setup.machine());
    rosters.learn(chain.ledger());
    BlockRules blocks =
        new BlockRules(parameters.ticks(), parameters.maxTransactions(), options.maxAheadMillis());
    rules =
        new ChainRules(
            chain,
            blocks,
            setup.clock(),
            rosters,
            piece -> setup.machine().convicts(chain.ledger().state(), piece));
    evidence = new EvidencePool(chain, setup.machine());
    pool =
        new Mempool(
            setup.genesis().chain(),
            options.mempool(),
            new LedgerAccounts(setup.machine(), () -> chain.ledger().state()),
            chain.height());
    gate = new ProposalGate(rules, pool, out);
    intake = new Intake(pool, gate, options.mostVerifying(), out);
    pace = new Pacemaker(out, options.idleMillis());
    builder = new BlockBuilder(chain, pool, parameters, options.blockBytes(), setup.clock());
    catchUp = new CatchUp(chain, out, options.retryMillis());
    locked = restoreLock();
    engine =
        engines.create(
            new QbftEngine.Setup(
                setup.genesis().id(),
                setup.identity(),
                setup.authenticity(),
                rules,
                rosters,
                options.timeouts()),
            new Height(chain.height() + 1),
            journal.record().map(Bytes::toArray));
  }

  /** Opens a replica whose consensus is QBFT. */
  public static Replica open(ReplicaSetup setup) throws IOException {
    return open(setup, QbftEngine::create);
  }

  /**
   * Opens a replica on its disks, fresh or as a crash left them.
   *
   * @throws IOException if the disks cannot be read, or what was durable is damaged
   */
  public static Replica open(ReplicaSetup setup, Engines engines) throws IOException {
    Chain chain =
        Chain.open(
            setup.genesis(),
            setup.machine(),
            setup.blocks(),
            setup.index(),
            setup.options().store());
    return new Replica(setup, engines, chain, VoteJournal.open(setup.votes()));
  }

  private Optional<Digest> restoreLock() {
    Optional<Digest> lock = journal.record().flatMap(record -> QbftEngine.lockOf(record.toArray()));
    try {
      if (lock.isPresent() && journal.locked().isPresent()) {
        gate.put(Block.decode(journal.locked().get()));
      }
    } catch (DecodingException e) {
      throw new IllegalStateException("the journal of votes holds no block where one must be", e);
    }
    return lock;
  }

  /** The blocks and the state; safe to read from any thread. */
  public Chain chain() {
    return chain;
  }

  /** How many transactions wait for a block. */
  public int waiting() {
    return pool.size();
  }

  /** The first effects. Called once, before any event. */
  public List<ReplicaEffect> start() throws IOException {
    carryOut(engine.start());
    out.start(Timer.Kind.STATUS, STATUS_MILLIS);
    return finish();
  }

  public List<ReplicaEffect> handle(ReplicaEvent event) throws IOException {
    take(event);
    return finish();
  }

  /** As handling them one after the other, but with one sync for all votes. */
  public List<ReplicaEffect> handle(List<ReplicaEvent> events) throws IOException {
    for (ReplicaEvent event : events) {
      take(event);
    }
    return finish();
  }

  private List<ReplicaEffect> finish() throws IOException {
    if (votes.isPresent()) {
      remember(votes.get());
      votes = Optional.empty();
    }
    return out.take();
  }

  /** Votes of a height that was decided meanwhile need not be remembered: none will follow. */
  private void remember(byte[] record) throws IOException {
    if (QbftEngine.heightOf(record).value() <= chain.height()) {
      return;
    }
    Optional<Digest> lock = QbftEngine.lockOf(record);
    Optional<Bytes> block =
        lock.equals(locked) ? Optional.empty() : lock.flatMap(gate::block).map(Block::encode);
    journal.write(Bytes.of(record), block);
    locked = lock.or(() -> locked);
  }

  private void take(ReplicaEvent event) throws IOException {
    switch (event) {
      case ReplicaEvent.Received e -> received(e.from(), e.message());
      case ReplicaEvent.Connected e -> out.send(e.peer(), status());
      case ReplicaEvent.Expired e -> {
        if (out.expired(e.timer())) {
          expired(e.timer().kind());
        }
      }
      case ReplicaEvent.Submitted e -> intake.submitted(e.request(), e.transactions());
      case ReplicaEvent.Verified e -> {
        intake.verified(e.verified(), e.refused());
        released();
        work();
      }
    }
  }

  private PeerMessage.Status status() throws IOException {
    return new PeerMessage.Status(chain.height(), chain.first());
  }

  private void received(ValidatorId from, PeerMessage message) throws IOException {
    switch (message) {
      case PeerMessage.Consensus m ->
          MessageCodec.decode(m.message().toArray())
              .ifPresentOrElse(
                  decoded -> consensus(from, decoded),
                  () -> out.misbehaved(from, "sent a consensus message that is none"));
      case PeerMessage.Transactions m -> intake.received(from, m.transactions());
      case PeerMessage.WantTransactions m -> gate.answer(from, m.ids());
      case PeerMessage.Status m -> catchUp.status(from, m);
      case PeerMessage.WantBlocks m -> catchUp.answer(from, m.from(), m.count());
      case PeerMessage.Blocks m -> {
        catchUp.take(from, m.blocks());
        follow();
      }
      case PeerMessage.WantSnapshot _,
          PeerMessage.Snapshot _,
          PeerMessage.WantChunk _,
          PeerMessage.Chunk _ -> {}
      case PeerMessage.Evidence m -> accused(from, m.evidence());
    }
    run();
  }

  private void consensus(ValidatorId from, Message message) {
    long ahead = message.height().value() - engine.height().value();
    if (ahead > 0) {
      catchUp.seen(from, message.height().value());
    }
    if (ahead == 1) {
      early.keep(from, message);
    } else if (ahead < 0 || (ahead == 0 && admits(message))) {
      queue.add(new EngineEvent.Received(MessageCodec.encode(message)));
    }
  }

  private boolean admits(Message message) {
    return rosters
        .at(message.height())
        .member(message.author())
        .filter(author -> isAuthentic(author, message))
        .map(_ -> gate.admits(message))
        .orElse(false);
  }

  private boolean isAuthentic(Validator author, Message message) {
    return message instanceof Message.PrepareMessage
        || message instanceof Message.CommitMessage
        || setup
            .authenticity()
            .authentic(
                author,
                PayloadCodec.signingBytes(setup.genesis().id(), message.signed().payload()),
                message.signed().signature());
  }

  private void released() throws IOException {
    for (Message message : gate.released()) {
      queue.add(new EngineEvent.Received(MessageCodec.encode(message)));
    }
    run();
  }

  /** Takes the blocks of others for as long as the next one is here. */
  private void follow() throws IOException {
    Optional<CatchUp.Arrived> next = catchUp.next();
    while (next.isPresent()) {
      SealedBlock sealed = next.get().block();
      long before = chain.height();
      try {
        BlockSeal seal = BlockSeal.decode(sealed.certificate());
        gate.put(sealed.block());
        queue.add(
            new EngineEvent.BlockArrived(
                sealed.block().compact().proposal(), seal.certificate(sealed.block().header())));
        run();
      } catch (DecodingException e) {
        out.misbehaved(next.get().from(), "sent a block without a seal");
      }
      if (chain.height() == before) {
        catchUp.reject(next.get());
        out.misbehaved(next.get().from(), "sent block " + (before + 1) + ", which does not hold");
      }
      next = catchUp.next();
    }
    catchUp.goOn();
  }

  private void expired(Timer.Kind kind) throws IOException {
    switch (kind) {
      case BLOCK -> queue.add(pace.blockTimeout());
      case ROUND -> queue.add(pace.roundTimeout());
      case FETCH -> gate.fetch(others(), intake::isVerifying, setup.options().retryMillis());
      case SYNC -> catchUp.expired();
      case STATUS -> {
        out.broadcast(status());
        evidence.pending().forEach(piece -> out.broadcast(new PeerMessage.Evidence(piece)));
        out.start(Timer.Kind.STATUS, STATUS_MILLIS);
        catchUp.tick();
      }
    }
    run();
  }

  private List<ValidatorId> others() {
    return rosters.at(engine.height()).members().stream()
        .map(Validator::id)
        .filter(id -> !id.equals(self))
        .toList();
  }

  private boolean isIdle() {
    return pool.size() == 0 && evidence.isEmpty();
  }

  /** The engine holds two votes of one validator that contradict each other. */
  private void reported(Bytes found) {
    MessageCodec.decodeEvidence(found.toArray())
        .flatMap(e -> rosters.at(e.first().payload().height()).member(e.author()))
        .map(author -> Equivocation.encode(author, found))
        .filter(piece -> evidence.offer(piece, check) == EvidencePool.Verdict.TAKEN)
        .ifPresent(piece -> out.broadcast(new PeerMessage.Evidence(piece)));
    if (!evidence.isEmpty()) {
      pace.work();
    }
  }

  private void accused(ValidatorId from, Bytes piece) throws IOException {
    if (evidence.offer(piece, check) == EvidencePool.Verdict.WORTHLESS) {
      out.misbehaved(from, "sent evidence that proves nothing");
    }
    work();
  }

  private void work() throws IOException {
    if (!isIdle()) {
      pace.work();
    }
    if (pool.size() >= setup.genesis().parameters().maxTransactions()) {
      pace.full().ifPresent(queue::add);
    }
    run();
  }

  private void run() throws IOException {
    while (!queue.isEmpty()) {
      carryOut(engine.handle(queue.remove()));
    }
  }

  private void carryOut(List<EngineEffect> effects) throws IOException {
    for (EngineEffect effect : effects) {
      switch (effect) {
        case EngineEffect.Persist e -> votes = Optional.of(e.record());
        case EngineEffect.Broadcast e ->
            out.broadcast(new PeerMessage.Consensus(Bytes.of(e.message())));
        case EngineEffect.Decide e -> decide(e);
        case EngineEffect.Build e -> build(e);
        case EngineEffect.StartBlockTimer e -> pace.start(e, isIdle());
        case EngineEffect.StartRoundTimer e -> pace.start(e);
        case EngineEffect.Fetch e -> catchUp.seen(e.from(), e.height().value() + 1);
        case EngineEffect.Offer e -> out.send(e.to(), status());
        case EngineEffect.Report e -> reported(Bytes.of(e.evidence()));
      }
    }
  }

  private void decide(EngineEffect.Decide decision) throws IOException {
    Digest id = decision.proposal().digest();
    Block block =
        gate.block(id)
            .orElseThrow(() -> new IllegalStateException("decided without its block: " + id));
    SealedBlock sealed = new SealedBlock(block, BlockSeal.of(decision.certificate()).encode());
    Applied applied = chain.append(sealed);
    rosters.learn(chain.ledger());
    rules.decided();
    gate.decided();
    pool.decided(chain.height(), block.transactions());
    evidence.decided();
    catchUp.decided();
    out.add(new ReplicaEffect.Decided(sealed, applied.results()));
    early.take().forEach(message -> consensus(self, message));
  }

  private void build(EngineEffect.Build order) {
    Bytes32 proposer =
        rosters
            .at(order.height())
            .member(self)
            .map(v -> Bytes32.of(v.key().bytes()))
            .orElseThrow(() -> new IllegalStateException("asked to propose, but no validator"));
    Block block = builder.build(order.round(), proposer, evidence.pending());
    gate.put(block);
    queue.add(new EngineEvent.Built(order.round(), block.compact().proposal()));
  }

  /** Makes what is derived durable, and closes the files. */
  @Override
  public void close() throws IOException {
    try {
      journal.close();
    } finally {
      chain.close();
    }
  }
}
