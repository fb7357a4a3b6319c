package io.metanode.ledger.replica;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
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
import io.metanode.ledger.ibft.Message;
import io.metanode.ledger.ibft.MessageCodec;
import io.metanode.ledger.ibft.QbftEngine;
import io.metanode.ledger.light.LightClient;
import io.metanode.ledger.light.RosterChange;
import io.metanode.ledger.mempool.Mempool;
import io.metanode.ledger.state.Applied;
import io.metanode.ledger.state.LedgerAccounts;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.Parameters;
import io.metanode.ledger.store.Chain;
import io.metanode.ledger.store.Disk;
import io.metanode.ledger.transaction.Transaction;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

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
  private final ReplicaOptions options;
  private final ValidatorId self;
  private final Equivocation check;
  private final Chain chain;
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
  private final Snapshots snapshots;
  private final StateSync stateSync;
  private final EarlyMessages early = new EarlyMessages();
  private final VoteMemory memory;
  private final Voter voter;

  private Replica(ReplicaSetup setup, Engines engines, Chain chain, VoteJournal journal) {
    this.setup = setup;
    this.chain = chain;
    options = setup.options();
    Parameters parameters = setup.genesis().parameters();
    self = setup.identity().id();
    check = new Equivocation(setup.genesis().id(), setup.authenticity());
    rosters = new Rosters(setup.machine());
    rosters.learn(chain.ledger());
    rules =
        new ChainRules(
            chain,
            new BlockRules(
                parameters.ticks(), parameters.maxTransactions(), options.maxAheadMillis()),
            setup.clock(),
            rosters,
            piece -> setup.machine().convicts(chain.ledger().state(), piece));
    pool =
        new Mempool(
            setup.genesis().chain(),
            options.mempool(),
            new LedgerAccounts(setup.machine(), chain::state),
            chain.height());
    gate = new ProposalGate(rules, pool, out);
    intake = new Intake(pool, gate, options.mostVerifying(), out);
    pace =
        new Pacemaker(
            out, options.idleMillis(), setup.clock(), () -> chain.ledger().head().timeMillis());
    builder = new BlockBuilder(chain, pool, parameters, options.blockBytes(), setup.clock());
    evidence = new EvidencePool(chain, setup.machine());
    catchUp = new CatchUp(chain, out, options.retryMillis());
    snapshots = new Snapshots(chain, out, options.snapshotEvery(), options.snapshotBits());
    stateSync =
        new StateSync(
            new LightClient(
                setup.genesis().digest(), 0, setup.genesis().validators(), setup.sealCheck()),
            out,
            options.retryMillis());
    memory = new VoteMemory(chain, journal, gate, out);
    QbftEngine.Setup engine =
        new QbftEngine.Setup(
            setup.genesis().id(),
            setup.identity(),
            setup.authenticity(),
            rules,
            rosters,
            options.timeouts());
    voter =
        new Voter(
            (height, record) -> engines.create(engine, height, record),
            new Height(chain.height() + 1),
            memory,
            gate,
            pace,
            new EngineDuties());
  }

  /**
   * Prepares the disk of votes of a validator that never voted, which its keys being new vouches
   * for. Without it a replica that finds no votes takes it that they were lost, and is silent for
   * two heights where others are ahead of it.
   *
   * @throws IOException if there are votes already
   */
  public static void birth(Disk votes) throws IOException {
    try (VoteJournal journal = VoteJournal.open(votes)) {
      Bytes blank = Bytes.of(QbftEngine.blank(Height.GENESIS.next()));
      if (!journal.record().orElse(blank).equals(blank)) {
        throw new IOException("this validator has voted already");
      }
      journal.write(blank, Optional.empty());
    }
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
    voter.start();
    learnPlace();
    out.broadcast(status());
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
    memory.flush();
    return out.take();
  }

  private void take(ReplicaEvent event) throws IOException {
    switch (event) {
      case ReplicaEvent.Received e -> received(e.from(), e.message());
      case ReplicaEvent.Connected e -> {
        out.send(e.peer(), status());
        memory.recent().forEach(message -> out.send(e.peer(), message));
        intake.introduce(e.peer());
      }
      case ReplicaEvent.Expired e -> {
        if (out.expired(e.timer())) {
          expired(e.timer().kind());
        }
      }
      case ReplicaEvent.Submitted e -> intake.submitted(e.request(), e.transactions());
      case ReplicaEvent.Verified e -> {
        intake.verified(e.verified(), e.refused());
        gate.released().forEach(this::toEngine);
        work();
      }
    }
    voter.run();
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
      case PeerMessage.Status m -> {
        catchUp.status(from, m);
        learnPlace();
        catchUp();
      }
      case PeerMessage.WantBlocks m -> catchUp.answer(from, m.from(), m.count());
      case PeerMessage.Blocks m -> {
        catchUp.take(from, m.blocks());
        follow();
      }
      case PeerMessage.WantSnapshot m -> snapshots.offer(from, m.trusted());
      case PeerMessage.Snapshot m ->
          stateSync.offered(from, m.offer(), chain.height(), catchUp.peers());
      case PeerMessage.WantChunk m -> snapshots.chunk(from, m.height(), m.index());
      case PeerMessage.Chunk m -> {
        Optional<LedgerState> whole = stateSync.take(from, m, catchUp.peers());
        if (whole.isPresent()) {
          adopt(whole.get());
        }
      }
      case PeerMessage.Evidence m -> accused(from, m.evidence());
    }
  }

  private void consensus(ValidatorId from, Message message) {
    long ahead = message.height().value() - voter.height().value();
    if (ahead > 0) {
      catchUp.seen(from, message.height().value());
      catchUp();
    }
    if (ahead == 1) {
      early.keep(from, message);
    } else if (ahead < 0 || (ahead == 0 && admits(from, message))) {
      toEngine(message);
    }
  }

  private void toEngine(Message message) {
    voter.add(new EngineEvent.Received(MessageCodec.encode(message)));
  }

  private boolean admits(ValidatorId from, Message message) {
    Optional<Validator> author = rosters.at(message.height()).member(message.author());
    if (author.isEmpty()) {
      return false;
    }
    if (!gate.isFree(message) && !setup.isAuthentic(author.get(), message)) {
      out.misbehaved(from, "sent a proposal that its author did not sign");
      return false;
    }
    return gate.admits(message);
  }

  /** A validator without memory hears where the others are, and may know when to vote again. */
  private void learnPlace() throws IOException {
    if (memory.silence().learn(rosters.at(voter.height()), self, catchUp.peers())) {
      memory.speak();
    }
  }

  private void catchUp() {
    boolean fresh = chain.height() == 0 && catchUp.target() > options.syncBeyond();
    if (stateSync.isRunning() || ((fresh || isStranded()) && stateSync.ask(catchUp.peers()))) {
      return;
    }
    catchUp.goOn();
  }

  private boolean isStranded() {
    return catchUp.isStranded(rosters.at(voter.height()).tolerated() + 1);
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
        voter.add(
            new EngineEvent.BlockArrived(
                sealed.block().compact().proposal(), seal.certificate(sealed.block().header())));
        voter.run();
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

  private void adopt(LedgerState ledger) throws IOException {
    List<RosterChange> changes = stateSync.changes();
    chain.adopt(ledger, changes);
    rosters.learn(ledger);
    afterBlock(List.of());
    voter.restart(new Height(chain.height() + 1));
    catchUp.goOn();
  }

  private void expired(Timer.Kind kind) throws IOException {
    switch (kind) {
      case BLOCK -> voter.add(pace.blockTimeout());
      case ROUND -> voter.add(pace.roundTimeout());
      case FETCH -> gate.fetch(others(), intake::isVerifying, options.retryMillis());
      case SYNC -> {
        if (!stateSync.isRunning() || !stateSync.ask(catchUp.peers())) {
          catchUp.expired();
        }
      }
      case STATUS -> {
        out.broadcast(status());
        evidence.pending().forEach(piece -> out.broadcast(new PeerMessage.Evidence(piece)));
        out.start(Timer.Kind.STATUS, STATUS_MILLIS);
        if (!stateSync.isRunning()) {
          catchUp.tick();
          if (isStranded()) {
            stateSync.renew();
            catchUp();
          }
        }
      }
    }
  }

  private List<ValidatorId> others() {
    return rosters.at(voter.height()).members().stream()
        .map(Validator::id)
        .filter(id -> !id.equals(self))
        .toList();
  }

  private void accused(ValidatorId from, Bytes piece) {
    if (evidence.offer(piece, check) == EvidencePool.Verdict.WORTHLESS) {
      out.misbehaved(from, "sent evidence that proves nothing");
    }
    work();
  }

  private boolean isIdle() {
    return pool.size() == 0 && evidence.isEmpty();
  }

  private void work() {
    if (!isIdle()) {
      pace.work();
    }
    if (pool.size() >= setup.genesis().parameters().maxTransactions()) {
      pace.full().ifPresent(voter::add);
    }
  }

  private void afterBlock(List<Transaction> transactions) {
    stateSync.stop();
    rules.decided();
    gate.decided();
    memory.decided();
    pool.decided(chain.height(), transactions);
    evidence.decided();
    catchUp.decided();
  }

  /** What the engine asks for. */
  private final class EngineDuties implements Voter.Duties {

    @Override
    public void decide(SealedBlock sealed) throws IOException {
      LedgerState before = chain.ledger();
      Applied applied = chain.append(sealed);
      snapshots.decided(before, sealed);
      rosters.learn(chain.ledger());
      afterBlock(sealed.block().transactions());
      out.add(new ReplicaEffect.Decided(sealed, applied.results()));
      early.take(Replica.this::consensus);
    }

    @Override
    public Block build(EngineEffect.Build order) {
      Bytes32 proposer =
          rosters
              .at(order.height())
              .member(self)
              .map(v -> Bytes32.of(v.key().bytes()))
              .orElseThrow(() -> new IllegalStateException("asked to propose, but no validator"));
      return builder.build(order.round(), proposer, evidence.pending());
    }

    @Override
    public boolean isIdle() {
      return Replica.this.isIdle();
    }

    @Override
    public void handle(EngineEffect.Fetch effect) {
      catchUp.seen(effect.from(), effect.height().value() + 1);
    }

    @Override
    public void handle(EngineEffect.Offer effect) throws IOException {
      out.send(effect.to(), status());
    }

    @Override
    public void handle(EngineEffect.Report effect) {
      Bytes found = Bytes.of(effect.evidence());
      MessageCodec.decodeEvidence(effect.evidence())
          .flatMap(e -> rosters.at(e.first().payload().height()).member(e.author()))
          .map(author -> Equivocation.encode(author, found))
          .filter(piece -> evidence.offer(piece, check) == EvidencePool.Verdict.TAKEN)
          .ifPresent(piece -> out.broadcast(new PeerMessage.Evidence(piece)));
      work();
    }
  }

  /** Makes what is derived durable, and closes the files. */
  @Override
  public void close() throws IOException {
    try {
      memory.close();
    } finally {
      chain.close();
    }
  }
}
