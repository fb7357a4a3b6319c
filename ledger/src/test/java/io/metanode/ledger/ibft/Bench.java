package io.metanode.ledger.ibft;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.metanode.crypto.BlsSecretKey;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.Sha256;
import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.ChainId;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.ProposalRules;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.SignerBitmap;
import io.metanode.ledger.consensus.ValidatorHistory;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import io.metanode.testkit.Gen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One validator under test, at height 1, among others that a test speaks for, all with real keys.
 * Member i leads round (i - 1) mod n; the one under test is member 0, so it leads round n - 1.
 */
final class Bench {

  static final ChainId CHAIN = new ChainId(new Digest("c4".repeat(32)));
  static final Height HEIGHT = new Height(1);
  static final KeyAuthenticity KEYS = new KeyAuthenticity();

  private static final int MOST = 6;
  private static final List<KeyIdentity> ALL = identities();

  /** Blocks bind by SHA-256; one that begins with an exclamation mark is not valid. */
  static final class TextBlocks implements ProposalRules {
    @Override
    public boolean binds(Proposal p) {
      return p.digest().equals(Digest.ofBytes(Sha256.of(p.payload())));
    }

    @Override
    public boolean isValid(Proposal p, Round round, ValidatorId leader) {
      return p.payload()[0] != '!';
    }
  }

  final List<KeyIdentity> members;
  final ValidatorSet set;
  final ValidatorHistory history;
  final Rules rules;
  QbftState state;
  private List<Effect> effects = new ArrayList<>();

  Bench(int size) {
    members = ALL.subList(0, size);
    set = new ValidatorSet(members.stream().map(KeyIdentity::validator).toList());
    history = new ValidatorHistory(set);
    rules = new Rules(CHAIN, KEYS, new TextBlocks());
    state = QbftState.at(HEIGHT, set, VoteRecord.none(HEIGHT));
  }

  private static List<KeyIdentity> identities() {
    Gen gen = new Gen(5);
    List<KeyIdentity> identities = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      identities.add(new KeyIdentity(PrivateKeySigner.generate(gen), BlsSecretKey.generate(gen)));
    }
    return identities;
  }

  /** Somebody with keys who is in no set of up to five. */
  static KeyIdentity stranger() {
    return ALL.get(MOST - 1);
  }

  /** What the validator under test does now. */
  List<Effect> on(Event event) {
    Step step = new Transition(rules, history, members.getFirst(), state).step(event);
    state = step.state();
    effects.addAll(step.effects());
    return step.effects();
  }

  void receive(Message... messages) {
    Arrays.stream(messages).forEach(m -> on(new Event.Received(m)));
  }

  /** It crashed, and comes back with its last durable votes. */
  void restart() {
    VoteRecord votes =
        effects.stream()
            .filter(Effect.Persist.class::isInstance)
            .map(e -> ((Effect.Persist) e).votes())
            .reduce((a, b) -> b)
            .orElse(VoteRecord.none(HEIGHT));
    state = QbftState.at(HEIGHT, set, votes);
  }

  void roundTimeout() {
    on(new Event.RoundTimeout(state.height(), state.round()));
  }

  /** What was sent since it was last asked. */
  List<Message> sent() {
    List<Message> sent =
        effects(Effect.Broadcast.class).stream().map(Effect.Broadcast::message).toList();
    effects = new ArrayList<>(effects.stream().filter(Effect.Persist.class::isInstance).toList());
    return sent;
  }

  <E extends Effect> List<E> effects(Class<E> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  static Proposal block(String text) {
    byte[] payload = text.getBytes(UTF_8);
    return new Proposal(HEIGHT, Digest.ofBytes(Sha256.of(payload)), payload);
  }

  <P extends Payload> Signed<P> sign(Identity author, P payload) {
    byte[] bytes = PayloadCodec.signingBytes(CHAIN, payload);
    return new Signed<>(payload, author.id(), author.sign(bytes));
  }

  Message.ProposalMessage proposal(int by, int round, Proposal block) {
    return proposal(by, round, block, List.of(), List.of());
  }

  Message.ProposalMessage proposal(
      int by,
      int round,
      Proposal block,
      List<Message.RoundChangeMessage> roundChanges,
      List<Signed<Payload.PreparePayload>> prepares) {
    return new Message.ProposalMessage(
        sign(
            members.get(by), new Payload.ProposalPayload(HEIGHT, new Round(round), block.digest())),
        block,
        roundChanges.stream().map(Message.RoundChangeMessage::signed).toList(),
        prepares);
  }

  Message.PrepareMessage prepare(int by, int round, Digest digest) {
    return new Message.PrepareMessage(signedPrepare(members.get(by), HEIGHT, round, digest));
  }

  Signed<Payload.PreparePayload> signedPrepare(
      Identity by, Height height, int round, Digest digest) {
    return sign(by, new Payload.PreparePayload(height, new Round(round), digest));
  }

  Message.CommitMessage commit(int by, int round, Digest digest) {
    return commit(members.get(by), round, digest, digest);
  }

  /** A commit to {@code digest} whose seal is over {@code sealed}. */
  Message.CommitMessage commit(Identity by, int round, Digest digest, Digest sealed) {
    Round r = new Round(round);
    byte[] seal = CommitCertificate.sealed(CHAIN, HEIGHT, r, sealed);
    return new Message.CommitMessage(
        sign(by, new Payload.CommitPayload(HEIGHT, r, digest, by.seal(seal))));
  }

  Message.RoundChangeMessage roundChange(int by, int round) {
    return roundChange(by, round, Optional.empty());
  }

  Message.RoundChangeMessage roundChange(
      int by, int round, Optional<PreparedCertificate> certificate) {
    return roundChange(by, round, certificate.map(PreparedCertificate::claim), certificate);
  }

  Message.RoundChangeMessage roundChange(
      int by,
      int round,
      Optional<Payload.PreparedClaim> claim,
      Optional<PreparedCertificate> certificate) {
    return new Message.RoundChangeMessage(
        sign(members.get(by), new Payload.RoundChangePayload(HEIGHT, new Round(round), claim)),
        certificate);
  }

  /** That {@code by} prepared the block in the round. */
  PreparedCertificate prepared(int round, Proposal block, int... by) {
    return new PreparedCertificate(
        block,
        new Round(round),
        Arrays.stream(by)
            .mapToObj(i -> signedPrepare(members.get(i), HEIGHT, round, block.digest()))
            .toList());
  }

  CommitCertificate certificate(int round, Proposal block, int... by) {
    Round r = new Round(round);
    byte[] sealed = CommitCertificate.sealed(CHAIN, HEIGHT, r, block.digest());
    List<KeyIdentity> signers = Arrays.stream(by).mapToObj(members::get).toList();
    return new CommitCertificate(
        HEIGHT,
        r,
        block.digest(),
        SignerBitmap.of(set, signers.stream().map(KeyIdentity::id).toList()),
        KEYS.aggregate(signers.stream().map(s -> s.seal(sealed)).toList()).orElseThrow());
  }
}
