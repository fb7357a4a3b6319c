package io.metanode.ledger.ibft;

import io.metanode.crypto.BlsSignature;
import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the one Byzantine validator of a search can add to the messages of the honest: a vote for
 * anything, any round change it can prove or not, any proposal that it can justify with what was
 * sent, and some that it cannot.
 */
final class SearchAdversary {

  static final Signature SIGNATURE = Signature.ofBytes(new byte[64]);
  static final BlsSignature SEAL = BlsSignature.ofBytes(new byte[BlsSignature.LENGTH]);

  /** Blocks 0 to 9 are those that honest leaders make in their rounds; these are its own. */
  private static final int[] OWN = {10, 11};

  private final Height height;
  private final ValidatorSet set;
  private final int quorum;
  private final ValidatorId self;

  SearchAdversary(Height height, ValidatorSet set, int quorum, ValidatorId self) {
    this.quorum = quorum;
    this.height = height;
    this.set = set;
    this.self = self;
  }

  Proposal block(int number) {
    Digest digest = new Digest("%04x".formatted(number + 0xb000).repeat(16));
    return new Proposal(height, digest, new byte[] {(byte) number});
  }

  private <P extends Payload> Signed<P> own(P payload) {
    return new Signed<>(payload, self, SIGNATURE);
  }

  /** Everybody's prepares for the accepted proposal, its own among them. */
  List<Message.PrepareMessage> prepares(SearchWorld world, Message.ProposalMessage accepted) {
    Digest digest = accepted.proposal().digest();
    List<Message.PrepareMessage> prepares = new ArrayList<>();
    prepares.add(
        new Message.PrepareMessage(
            own(new Payload.PreparePayload(height, accepted.round(), digest))));
    world.sent(Message.PrepareMessage.class, accepted.round()).stream()
        .filter(m -> m.signed().payload().digest().equals(digest))
        .forEach(prepares::add);
    return prepares.size() >= quorum ? prepares : List.of();
  }

  List<Message.CommitMessage> commits(SearchWorld world, Message.ProposalMessage accepted) {
    Digest digest = accepted.proposal().digest();
    List<Message.CommitMessage> commits = new ArrayList<>();
    commits.add(
        new Message.CommitMessage(
            own(new Payload.CommitPayload(height, accepted.round(), digest, SEAL))));
    world.sent(Message.CommitMessage.class, accepted.round()).stream()
        .filter(m -> m.signed().payload().digest().equals(digest))
        .forEach(commits::add);
    return commits.size() >= quorum ? commits : List.of();
  }

  /** What can be shown to be prepared before a round, with its own vote to help. */
  private List<PreparedCertificate> certificates(SearchWorld world, Round before) {
    List<PreparedCertificate> certificates = new ArrayList<>();
    for (int r = 0; r < before.value(); r++) {
      Round round = new Round(r);
      Map<Digest, List<Signed<Payload.PreparePayload>>> votes = new TreeMap<>();
      for (Message.PrepareMessage m : world.sent(Message.PrepareMessage.class, round)) {
        votes
            .computeIfAbsent(m.signed().payload().digest(), d -> new ArrayList<>())
            .add(m.signed());
      }
      votes.forEach(
          (digest, prepares) -> {
            prepares.add(own(new Payload.PreparePayload(height, round, digest)));
            if (prepares.size() >= quorum) {
              byte[] payload = {0};
              certificates.add(
                  new PreparedCertificate(new Proposal(height, digest, payload), round, prepares));
            }
          });
    }
    return certificates;
  }

  private List<Message.RoundChangeMessage> ownRoundChanges(SearchWorld world, Round round) {
    List<Message.RoundChangeMessage> own = new ArrayList<>();
    own.add(roundChange(round, Optional.empty()));
    certificates(world, round).forEach(c -> own.add(roundChange(round, Optional.of(c))));
    return own;
  }

  private Message.RoundChangeMessage roundChange(
      Round round, Optional<PreparedCertificate> certificate) {
    return new Message.RoundChangeMessage(
        own(
            new Payload.RoundChangePayload(
                height, round, certificate.map(PreparedCertificate::claim))),
        certificate);
  }

  /**
   * Two or three round changes to a round, of different validators: with the leader's own a quorum,
   * in which any claim may be the highest; to others a reason to follow.
   */
  List<List<Message.RoundChangeMessage>> roundChanges(SearchWorld world, Round round) {
    if (round.equals(Round.ZERO)) {
      return List.of();
    }
    List<List<Message.RoundChangeMessage>> lots = subsets(world, round);
    lots.removeIf(lot -> lot.size() < 2 || lot.size() > quorum);
    return lots;
  }

  private List<List<Message.RoundChangeMessage>> subsets(SearchWorld world, Round round) {
    List<List<Message.RoundChangeMessage>> subsets = new ArrayList<>();
    subsets.add(List.of());
    for (Message.RoundChangeMessage m : world.sent(Message.RoundChangeMessage.class, round)) {
      extend(subsets, List.of(m));
    }
    extend(subsets, ownRoundChanges(world, round));
    return subsets;
  }

  /** Each subset as it is, and with each of the choices. */
  private static void extend(
      List<List<Message.RoundChangeMessage>> subsets, List<Message.RoundChangeMessage> choices) {
    for (List<Message.RoundChangeMessage> subset : List.copyOf(subsets)) {
      for (Message.RoundChangeMessage choice : choices) {
        List<Message.RoundChangeMessage> more = new ArrayList<>(subset);
        more.add(choice);
        subsets.add(more);
      }
    }
  }

  /** Its proposals for a round that it leads: justified ones, and blocks that ignore a lock. */
  List<Message.ProposalMessage> proposals(SearchWorld world, Round round) {
    List<Message.ProposalMessage> proposals = new ArrayList<>();
    if (!set.leader(height, round).equals(self)) {
      return proposals;
    }
    if (round.equals(Round.ZERO)) {
      for (int number : OWN) {
        proposals.add(proposal(round, block(number), List.of(), List.of()));
      }
      return proposals;
    }
    for (List<Message.RoundChangeMessage> lot : subsets(world, round)) {
      if (lot.size() >= quorum - 1) {
        for (int number : OWN) {
          proposals.add(proposal(round, block(number), lot, List.of()));
        }
        certificates(world, round)
            .forEach(c -> proposals.add(proposal(round, c.proposal(), lot, c.prepares())));
      }
    }
    return proposals;
  }

  private Message.ProposalMessage proposal(
      Round round,
      Proposal block,
      List<Message.RoundChangeMessage> roundChanges,
      List<Signed<Payload.PreparePayload>> prepares) {
    return new Message.ProposalMessage(
        own(new Payload.ProposalPayload(height, round, block.digest())),
        block,
        roundChanges.stream().map(Message.RoundChangeMessage::signed).toList(),
        prepares);
  }
}
