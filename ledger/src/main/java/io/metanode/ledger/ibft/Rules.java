package io.metanode.ledger.ibft;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.ChainId;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.ProposalRules;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.SignerBitmap;
import io.metanode.ledger.consensus.Validator;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The predicates of the Dafny specification of QBFT (dafny/spec/L1/node_auxiliary_functions.dfy),
 * under their names there; docs/formats/consensus.md has the table, and where and why these differ.
 * They change no state. Overridden only by tests, which inject faults.
 */
class Rules {

  private final ChainId chain;
  private final Authenticity authenticity;
  private final ProposalRules proposals;

  Rules(ChainId chain, Authenticity authenticity, ProposalRules proposals) {
    this.chain = chain;
    this.authenticity = authenticity;
    this.proposals = proposals;
  }

  ChainId chain() {
    return chain;
  }

  int f(ValidatorSet validators) {
    return validators.tolerated();
  }

  int quorum(ValidatorSet validators) {
    return validators.quorum();
  }

  ValidatorId proposer(ValidatorSet validators, Height height, Round round) {
    return validators.leader(height, round);
  }

  /** recoverSigned…Author: whether a member of the set signed the payload as it says. */
  boolean authentic(Signed<? extends Payload> signed, ValidatorSet validators) {
    Optional<Validator> author = validators.member(signed.author());
    return author.isPresent()
        && authenticity.authentic(
            author.get(), PayloadCodec.signingBytes(chain, signed.payload()), signed.signature());
  }

  /** How many different validators signed. */
  int authors(Collection<? extends Signed<? extends Payload>> signed) {
    return (int) signed.stream().map(Signed::author).distinct().count();
  }

  int getSetOfRoundChangeSenders(Collection<Signed<Payload.RoundChangePayload>> roundChanges) {
    return authors(roundChanges);
  }

  boolean validateNonPreparedBlock(Proposal block, Round round, ValidatorId leader) {
    return proposals.binds(block) && proposals.isValid(block, round, leader);
  }

  boolean validRoundChange(
      Signed<Payload.RoundChangePayload> signed,
      Height height,
      Round round,
      ValidatorSet validators) {
    Payload.RoundChangePayload payload = signed.payload();
    return payload.height().equals(height)
        && payload.round().equals(round)
        && preparedBefore(payload, round)
        && authentic(signed, validators);
  }

  boolean preparedBefore(Payload.RoundChangePayload payload, Round round) {
    return payload.prepared().map(claim -> claim.round().isBefore(round)).orElse(true);
  }

  boolean isHighestPrepared(
      Payload.PreparedClaim claim, Collection<Signed<Payload.RoundChangePayload>> roundChanges) {
    return roundChanges.stream()
        .flatMap(rc -> rc.payload().prepared().stream())
        .noneMatch(other -> other.round().isAfter(claim.round()));
  }

  boolean validSignedPrepareForHeightRoundAndDigest(
      Signed<Payload.PreparePayload> signed,
      Height height,
      Round round,
      Digest digest,
      ValidatorSet validators) {
    Payload.PreparePayload payload = signed.payload();
    return payload.height().equals(height)
        && payload.round().equals(round)
        && payload.digest().equals(digest)
        && authentic(signed, validators);
  }

  /** A quorum of different authors, all of whom prepared the claim. */
  boolean isPrepared(
      Payload.PreparedClaim claim,
      Collection<Signed<Payload.PreparePayload>> prepares,
      Height height,
      ValidatorSet validators) {
    return authors(prepares) >= quorum(validators)
        && prepares.stream()
            .allMatch(
                p ->
                    validSignedPrepareForHeightRoundAndDigest(
                        p, height, claim.round(), claim.digest(), validators));
  }

  boolean isProposalJustification(
      List<Signed<Payload.RoundChangePayload>> roundChanges,
      List<Signed<Payload.PreparePayload>> prepares,
      Round round,
      Proposal block,
      ValidatorId leader,
      ValidatorSet validators) {
    if (round.equals(Round.ZERO)) {
      return roundChanges.isEmpty()
          && prepares.isEmpty()
          && validateNonPreparedBlock(block, round, leader);
    }
    boolean roundChanged =
        getSetOfRoundChangeSenders(roundChanges) >= quorum(validators)
            && roundChanges.stream()
                .allMatch(rc -> validRoundChange(rc, block.height(), round, validators));
    if (!roundChanged) {
      return false;
    }
    if (roundChanges.stream().allMatch(rc -> rc.payload().prepared().isEmpty())) {
      return validateNonPreparedBlock(block, round, leader);
    }
    return proposals.binds(block)
        && roundChanges.stream()
            .flatMap(rc -> rc.payload().prepared().stream())
            .filter(claim -> isHighestPrepared(claim, roundChanges))
            .filter(claim -> claim.digest().equals(block.digest()))
            .anyMatch(claim -> isPrepared(claim, prepares, block.height(), validators));
  }

  /** The part of isValidProposal that does not depend on the round the validator is in. */
  boolean isJustifiedProposal(Message.ProposalMessage m, QbftState state) {
    ValidatorId leader = proposer(state.validators(), m.height(), m.round());
    return m.author().equals(leader)
        && m.proposal().height().equals(m.height())
        && m.proposal().digest().equals(m.signed().payload().digest())
        && isProposalJustification(
            m.roundChanges(), m.prepares(), m.round(), m.proposal(), leader, state.validators());
  }

  /** The rest of isValidProposal; and never another digest than the one prepared before a crash. */
  boolean isAcceptable(Message.ProposalMessage m, QbftState state) {
    if (m.round().isAfter(state.round())) {
      return true;
    }
    return m.round().equals(state.round())
        && state.accepted().isEmpty()
        && state.votes().prepared().map(m.proposal().digest()::equals).orElse(true);
  }

  /**
   * Whether a quorum is known to be in the validator's round or later. Not of the specification: a
   * validator that called for its round waits there until the others come, calling again, so that
   * clocks that run at different rates do not drive validators apart.
   */
  boolean isRoundReached(QbftState state) {
    return state.log().roundChanges().highest(state.round()).size() >= quorum(state.validators());
  }

  /** validRoundChange for a message: what it claims, it proves. */
  boolean validRoundChangeMessage(Message.RoundChangeMessage m, QbftState state) {
    Optional<Payload.PreparedClaim> claim = m.signed().payload().prepared();
    return m.round().isAfter(Round.ZERO)
        && validRoundChange(m.signed(), state.height(), m.round(), state.validators())
        && claim.equals(m.certificate().map(PreparedCertificate::claim))
        && m.certificate().map(c -> provesPrepared(c, state)).orElse(true);
  }

  boolean provesPrepared(PreparedCertificate certificate, QbftState state) {
    return certificate.proposal().height().equals(state.height())
        && proposals.binds(certificate.proposal())
        && isPrepared(
            certificate.claim(), certificate.prepares(), state.height(), state.validators());
  }

  /** validateCommit without the seal, which is checked when the certificate is made. */
  boolean validateCommit(Message.CommitMessage m, Digest digest) {
    return m.signed().payload().digest().equals(digest);
  }

  boolean validSeal(Message.CommitMessage m, ValidatorSet validators) {
    Payload.CommitPayload payload = m.signed().payload();
    return validators
        .member(m.author())
        .map(author -> authenticity.sealed(author, sealed(payload), payload.seal()))
        .orElse(false);
  }

  byte[] sealed(Payload.CommitPayload payload) {
    return CommitCertificate.sealed(chain, payload.height(), payload.round(), payload.digest());
  }

  boolean validNewBlock(Proposal block, CommitCertificate certificate, QbftState state) {
    return block.height().equals(state.height())
        && certificate.height().equals(state.height())
        && certificate.digest().equals(block.digest())
        && proposals.binds(block)
        && verifies(certificate, state.validators());
  }

  boolean verifies(CommitCertificate certificate, ValidatorSet validators) {
    byte[] sealed =
        CommitCertificate.sealed(
            chain, certificate.height(), certificate.round(), certificate.digest());
    return certificate
        .signers()
        .signers(validators)
        .filter(signers -> signers.size() >= quorum(validators))
        .map(signers -> authenticity.allSealed(signers, sealed, certificate.aggregate()))
        .orElse(false);
  }

  /** The certificate over these commits; empty if a seal among them is wrong. */
  Optional<CommitCertificate> certify(
      List<Message.CommitMessage> commits, Proposal block, Round round, ValidatorSet validators) {
    return authenticity
        .aggregate(commits.stream().map(m -> m.signed().payload().seal()).toList())
        .map(
            aggregate ->
                new CommitCertificate(
                    block.height(),
                    round,
                    block.digest(),
                    SignerBitmap.of(validators, commits.stream().map(Message::author).toList()),
                    aggregate))
        .filter(certificate -> verifies(certificate, validators));
  }

  /** The order that makes a vote durable before anybody hears of it. */
  List<Effect> durably(Effect.Persist votes, Effect.Broadcast message) {
    return List.of(votes, message);
  }

  /** What is left of the votes when a validator enters a later round: its lock. */
  QbftState entering(QbftState state, Round round) {
    return state.entering(round);
  }
}
