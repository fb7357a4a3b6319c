package io.metanode.simulation;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.ibft.Message;
import io.metanode.ledger.ibft.MessageCodec;
import io.metanode.ledger.ibft.Payload;
import io.metanode.ledger.ibft.PreparedCertificate;
import io.metanode.ledger.ibft.Signed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything the adversary overheard or made itself at the highest height it knows of. */
final class Gossip {

  /** A block voted for in a round. */
  record Ballot(Round round, Digest digest) implements Comparable<Ballot> {
    @Override
    public int compareTo(Ballot other) {
      int byRound = round.compareTo(other.round);
      return byRound != 0 ? byRound : digest.compareTo(other.digest);
    }
  }

  private Height height = new Height(1);
  private final Map<Digest, Proposal> blocks = new TreeMap<>();
  private final Map<Ballot, Map<ValidatorId, Signed<Payload.PreparePayload>>> prepares =
      new TreeMap<>();
  private final Map<Ballot, Map<ValidatorId, Signed<Payload.CommitPayload>>> commits =
      new TreeMap<>();
  private final Map<Round, Map<ValidatorId, List<Signed<Payload.RoundChangePayload>>>>
      roundChanges = new TreeMap<>();
  private final List<byte[]> sent = new ArrayList<>();

  /** Starts anew at a height, unless it is there already. */
  boolean reach(Height next) {
    if (!next.isAfter(height)) {
      return false;
    }
    height = next;
    blocks.clear();
    prepares.clear();
    commits.clear();
    roundChanges.clear();
    return true;
  }

  void add(Message message) {
    reach(message.height());
    sent.add(MessageCodec.encode(message));
    if (message.height().equals(height)) {
      record(message);
    }
  }

  private void record(Message message) {
    switch (message) {
      case Message.ProposalMessage m -> blocks.put(m.proposal().digest(), m.proposal());
      case Message.PrepareMessage m ->
          prepares
              .computeIfAbsent(ballot(m, m.signed().payload().digest()), b -> new TreeMap<>())
              .put(m.author(), m.signed());
      case Message.CommitMessage m ->
          commits
              .computeIfAbsent(ballot(m, m.signed().payload().digest()), b -> new TreeMap<>())
              .put(m.author(), m.signed());
      case Message.RoundChangeMessage m ->
          roundChanges
              .computeIfAbsent(m.round(), r -> new TreeMap<>())
              .computeIfAbsent(m.author(), a -> new ArrayList<>())
              .add(m.signed());
    }
  }

  private static Ballot ballot(Message message, Digest digest) {
    return new Ballot(message.round(), digest);
  }

  Height height() {
    return height;
  }

  List<byte[]> sent() {
    return sent;
  }

  List<Proposal> blocks() {
    return List.copyOf(blocks.values());
  }

  List<Ballot> prepared() {
    return List.copyOf(prepares.keySet());
  }

  List<Ballot> committed() {
    return List.copyOf(commits.keySet());
  }

  Optional<Proposal> block(Digest digest) {
    return Optional.ofNullable(blocks.get(digest));
  }

  /** What was overheard for a ballot; a certificate if it is enough. */
  Optional<PreparedCertificate> certificate(Ballot ballot) {
    Map<ValidatorId, Signed<Payload.PreparePayload>> votes =
        prepares.getOrDefault(ballot, Map.of());
    return block(ballot.digest())
        .map(b -> new PreparedCertificate(b, ballot.round(), List.copyOf(votes.values())));
  }

  Map<ValidatorId, Signed<Payload.CommitPayload>> commits(Ballot ballot) {
    return commits.getOrDefault(ballot, Map.of());
  }

  /** For each author all its round changes to a round. */
  List<List<Signed<Payload.RoundChangePayload>>> roundChanges(Round round) {
    return List.copyOf(roundChanges.getOrDefault(round, Map.of()).values());
  }
}
