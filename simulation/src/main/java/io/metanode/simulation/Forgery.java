package io.metanode.simulation;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.ibft.Identity;
import io.metanode.ledger.ibft.Message;
import io.metanode.ledger.ibft.Payload;
import io.metanode.ledger.ibft.PayloadCodec;
import io.metanode.ledger.ibft.PreparedCertificate;
import io.metanode.ledger.ibft.Signed;
import io.metanode.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the messages of Byzantine validators out of what was overheard: some true, some crooked.
 */
final class Forgery {

  private final List<Identity> identities;
  private final Gossip gossip;
  private final Gen gen;
  private long made;

  Forgery(List<Identity> identities, Gossip gossip, Gen gen) {
    this.identities = identities;
    this.gossip = gossip;
    this.gen = gen;
  }

  Message prepare(Identity identity, Round round, Digest digest) {
    return new Message.PrepareMessage(
        sign(identity, new Payload.PreparePayload(gossip.height(), round, digest)));
  }

  Message commit(Identity identity, Round round, Digest digest) {
    byte[] sealed = gen.oneIn(6) ? gen.bytes(16) : sealed(round, digest);
    return new Message.CommitMessage(
        sign(
            identity,
            new Payload.CommitPayload(gossip.height(), round, digest, identity.seal(sealed))));
  }

  byte[] sealed(Round round, Digest digest) {
    return CommitCertificate.sealed(Cast.CHAIN, gossip.height(), round, digest);
  }

  Message plainRoundChange(Identity identity, Round round) {
    return roundChange(identity, round, Optional.empty());
  }

  /** With no claim, one that was overheard, or one made up. */
  Message.RoundChangeMessage roundChange(Identity identity, Round round) {
    Round next = round.equals(Round.ZERO) ? round.next() : round;
    return switch (gen.intBetween(0, 3)) {
      case 0 -> roundChange(identity, next, Optional.empty());
      case 1 -> roundChange(identity, next, Optional.of(invented(identity, next)));
      default -> roundChange(identity, next, overheard());
    };
  }

  private Message.RoundChangeMessage roundChange(
      Identity identity, Round round, Optional<PreparedCertificate> certificate) {
    Optional<Payload.PreparedClaim> claim =
        certificate.map(c -> new Payload.PreparedClaim(c.round(), c.proposal().digest()));
    return new Message.RoundChangeMessage(
        sign(identity, new Payload.RoundChangePayload(gossip.height(), round, claim)), certificate);
  }

  /** For a block that nobody else prepared, with its own votes, and these several times. */
  private PreparedCertificate invented(Identity identity, Round before) {
    Round round = new Round(gen.intBetween(0, before.value() - 1));
    Proposal block = block(identity, round);
    List<Signed<Payload.PreparePayload>> votes = new ArrayList<>();
    for (int i = gen.intBetween(0, 7); i >= 0; i--) {
      votes.add(
          sign(
              gen.pick(identities),
              new Payload.PreparePayload(gossip.height(), round, block.digest())));
    }
    return new PreparedCertificate(block, round, votes);
  }

  private Optional<PreparedCertificate> overheard() {
    return gossip.prepared().isEmpty()
        ? Optional.empty()
        : gossip.certificate(gen.pick(gossip.prepared())).map(this::padded);
  }

  /** As it was overheard, with own votes added, one vote counted again, or of a later round. */
  private PreparedCertificate padded(PreparedCertificate c) {
    List<Signed<Payload.PreparePayload>> votes = new ArrayList<>(c.prepares());
    Digest digest = c.proposal().digest();
    identities.forEach(
        i -> votes.add(sign(i, new Payload.PreparePayload(gossip.height(), c.round(), digest))));
    Round round = gen.oneIn(4) ? new Round(c.round().value() + gen.intBetween(1, 2)) : c.round();
    if (gen.oneIn(4)) {
      votes.add(gen.pick(votes));
    }
    return new PreparedCertificate(c.proposal(), round, gen.oneIn(4) ? c.prepares() : votes);
  }

  Message.ProposalMessage proposal(Identity identity, Round round) {
    List<Signed<Payload.RoundChangePayload>> roundChanges = roundChanges(round);
    Optional<PreparedCertificate> prepared =
        roundChanges.isEmpty() || gen.oneIn(3) ? Optional.empty() : overheard();
    Proposal block =
        prepared.map(PreparedCertificate::proposal).orElseGet(() -> block(identity, round));
    return new Message.ProposalMessage(
        sign(identity, new Payload.ProposalPayload(gossip.height(), round, block.digest())),
        block,
        roundChanges,
        prepared.map(PreparedCertificate::prepares).orElse(List.of()));
  }

  /** One of each validator that has one; sometimes one less, one twice, or of another round. */
  private List<Signed<Payload.RoundChangePayload>> roundChanges(Round round) {
    List<Signed<Payload.RoundChangePayload>> chosen = new ArrayList<>();
    if (round.equals(Round.ZERO)) {
      return chosen;
    }
    Round of = gen.oneIn(6) ? new Round(gen.intBetween(1, round.value())) : round;
    gossip.roundChanges(of).forEach(variants -> chosen.add(gen.pick(variants)));
    identities.forEach(i -> chosen.add(roundChange(i, of, Optional.empty()).signed()));
    if (gen.oneIn(4)) {
      chosen.remove(gen.intBetween(0, chosen.size() - 1));
    }
    if (!chosen.isEmpty() && gen.oneIn(6)) {
      chosen.add(gen.pick(chosen));
    }
    return chosen;
  }

  private Proposal block(Identity identity, Round round) {
    List<Proposal> known = gossip.blocks();
    if (!known.isEmpty() && gen.oneIn(4)) {
      return gen.pick(known);
    }
    made++;
    long number = -made;
    Proposal fit = Blocks.fit(gossip.height(), round, identity.id(), number);
    return switch (gen.intBetween(0, 9)) {
      case 0, 1 -> Blocks.unfit(gossip.height(), round, identity.id(), number);
      case 2 ->
          known.isEmpty()
              ? fit
              : new Proposal(gossip.height(), gen.pick(known).digest(), fit.payload());
      default -> fit;
    };
  }

  private <P extends Payload> Signed<P> sign(Identity identity, P payload) {
    byte[] bytes = PayloadCodec.signingBytes(Cast.CHAIN, payload);
    return new Signed<>(payload, identity.id(), identity.sign(bytes));
  }
}
