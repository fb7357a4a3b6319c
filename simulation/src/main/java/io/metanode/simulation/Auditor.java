package io.metanode.simulation;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.Validator;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import io.metanode.ledger.ibft.Evidence;
import io.metanode.ledger.ibft.Message;
import io.metanode.ledger.ibft.MessageCodec;
import io.metanode.ledger.ibft.Payload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Watches what honest validators send and decide, from outside, and knows nothing of how they do
 * it. Remembers the first thing that must not happen.
 */
final class Auditor {

  private record Vote(ValidatorId author, byte kind, Height height, Round round) {}

  private record Seal(ValidatorId author, Height height, Round round, Digest digest) {}

  private record At(ValidatorId author, Height height) {}

  private final ValidatorSet validators;
  private final Set<ValidatorId> honest;
  private final Map<Height, Digest> decided = new HashMap<>();
  private final Map<Vote, Object> votes = new HashMap<>();
  private final Map<At, Round> left = new HashMap<>();
  private final Map<At, Round> locks = new HashMap<>();
  private final Map<Height, Ballots> commits = new HashMap<>();
  private final Set<Seal> seals = new HashSet<>();
  private Optional<String> violation = Optional.empty();
  private long evidence;

  Auditor(ValidatorSet validators, List<ValidatorId> honest) {
    this.validators = validators;
    this.honest = Set.copyOf(honest);
  }

  Optional<String> violation() {
    return violation;
  }

  long heights() {
    return decided.size();
  }

  long evidence() {
    return evidence;
  }

  private void check(boolean holds, String property, Object detail) {
    if (!holds && violation.isEmpty()) {
      violation = Optional.of(property + ": " + detail);
    }
  }

  void stuck(String where) {
    check(false, "liveness", where);
  }

  /** An honest validator sent a message. */
  void sent(ValidatorId author, byte[] bytes) {
    Message message = MessageCodec.decode(bytes).orElseThrow();
    check(message.author().equals(author), "authorship", author);
    Payload payload = message.signed().payload();
    Vote vote = new Vote(author, payload.kind(), payload.height(), payload.round());
    Object meaning = meaning(payload);
    Object before = votes.putIfAbsent(vote, meaning);
    check(before == null || before.equals(meaning), "self-contradiction", vote);
    At at = new At(author, payload.height());
    Round leftFor = left.getOrDefault(at, Round.ZERO);
    check(!payload.round().isBefore(leftFor), "vote in a round it left", vote);
    switch (payload) {
      case Payload.CommitPayload p -> {
        locks.merge(at, p.round(), (a, b) -> a.isAfter(b) ? a : b);
        seals.add(new Seal(author, p.height(), p.round(), p.digest()));
        if (before == null) {
          committed(p);
        }
      }
      case Payload.RoundChangePayload p -> {
        left.put(at, p.round());
        checkClaim(at, p);
      }
      case Payload.ProposalPayload p -> {}
      case Payload.PreparePayload p -> {}
    }
  }

  /**
   * Once so many honest validators commit to a block that the Byzantine could complete the quorum,
   * no honest validator may commit to another in a later round.
   */
  private void committed(Payload.CommitPayload payload) {
    Ballots ballots = commits.computeIfAbsent(payload.height(), h -> new Ballots());
    ballots.count(payload.round(), payload.digest());
    int enough = quorum() - (validators.size() - honest.size());
    check(ballots.agree(enough), "abandoned decision", payload);
  }

  private int quorum() {
    return (2 * validators.size() + 2) / 3;
  }

  private void checkClaim(At at, Payload.RoundChangePayload payload) {
    Round lock = locks.get(at);
    boolean remembers =
        lock == null
            || !lock.isBefore(payload.round())
            || payload.prepared().map(claim -> !claim.round().isBefore(lock)).orElse(false);
    check(remembers, "forgotten lock", payload);
  }

  private static Object meaning(Payload payload) {
    return switch (payload) {
      case Payload.ProposalPayload p -> p.digest();
      case Payload.PreparePayload p -> p.digest();
      case Payload.CommitPayload p -> p.digest();
      case Payload.RoundChangePayload p -> p.prepared();
    };
  }

  /** An honest validator decided its {@code count}th block. */
  void decided(ValidatorId by, long count, Proposal proposal, CommitCertificate certificate) {
    Height height = new Height(count);
    Digest digest = proposal.digest();
    check(proposal.height().equals(height), "order", by + " decided " + proposal);
    Digest before = decided.putIfAbsent(height, digest);
    check(before == null || before.equals(digest), "agreement", by + " decided " + proposal);
    check(
        new Blocks().binds(proposal) && Blocks.mayBeDecided(proposal, validators),
        "validity",
        proposal);
    checkCertificate(by, height, digest, certificate);
  }

  /** A quorum, every honest member of which sealed the block; no seal may come from thin air. */
  private void checkCertificate(
      ValidatorId by, Height height, Digest digest, CommitCertificate certificate) {
    List<Validator> signers = certificate.signers().signers(validators).orElse(List.of());
    check(signers.size() >= quorum(), "certificate without a quorum", by + " at " + height);
    check(
        certificate.digest().equals(digest) && certificate.height().equals(height),
        "certificate for another block",
        by + " at " + height);
    for (Validator signer : signers) {
      Seal seal = new Seal(signer.id(), height, certificate.round(), digest);
      check(!honest.contains(signer.id()) || seals.contains(seal), "forged certificate", seal);
    }
  }

  /** An honest validator holds two messages against somebody. */
  void reported(ValidatorId by, byte[] bytes) {
    Optional<Evidence> found = MessageCodec.decodeEvidence(bytes);
    check(found.isPresent(), "unreadable evidence", by);
    found.ifPresent(
        e -> {
          check(!honest.contains(e.author()), "honest validator accused", e.author());
          check(e.verifies(Cast.CHAIN, validators, Cast.instance()), "evidence not verifiable", by);
        });
    evidence++;
  }
}
