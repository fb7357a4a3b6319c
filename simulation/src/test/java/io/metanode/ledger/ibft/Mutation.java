package io.metanode.ledger.ibft;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.SignerBitmap;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import io.metanode.simulation.Engines;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Bugs that the core must not have: each spoils one rule, and the simulator must notice. */
public enum Mutation {
  QUORUM_ONE_TOO_SMALL(
      setup ->
          new Mutant(setup) {
            @Override
            int quorum(ValidatorSet validators) {
              return Math.max(1, super.quorum(validators) - 1);
            }
          }),
  QUORUM_IS_F_PLUS_ONE(
      setup ->
          new Mutant(setup) {
            @Override
            int quorum(ValidatorSet validators) {
              return validators.tolerated() + 1;
            }
          }),
  QUORUM_IS_EVERYBODY(
      setup ->
          new Mutant(setup) {
            @Override
            int quorum(ValidatorSet validators) {
              return validators.size();
            }
          }),
  DUPLICATES_COUNT(
      setup ->
          new Mutant(setup) {
            @Override
            int authors(Collection<? extends Signed<? extends Payload>> signed) {
              return signed.size();
            }
          }),
  LOCK_FORGOTTEN_ON_ROUND_CHANGE(
      setup ->
          new Mutant(setup) {
            @Override
            QbftState entering(QbftState state, Round round) {
              QbftState next = super.entering(state, round);
              return next.voting(withoutLock(next.votes()));
            }
          }),
  LOCK_NOT_DURABLE(setup -> persisting(setup, Mutation::withoutLock)),
  PREPARE_NOT_DURABLE(
      setup ->
          persisting(
              setup,
              v ->
                  new VoteRecord(v.height(), v.round(), v.proposed(), Optional.empty(), v.lock()))),
  PROPOSAL_NOT_DURABLE(
      setup ->
          persisting(
              setup,
              v ->
                  new VoteRecord(v.height(), v.round(), Optional.empty(), v.prepared(), v.lock()))),
  ROUND_NOT_DURABLE(
      setup ->
          persisting(
              setup,
              v -> new VoteRecord(v.height(), Round.ZERO, v.proposed(), v.prepared(), v.lock()))),
  SENT_BEFORE_DURABLE(
      setup ->
          new Mutant(setup) {
            @Override
            List<Effect> durably(Effect.Persist votes, Effect.Broadcast message) {
              return List.of(message, votes);
            }
          }),
  LOWEST_PREPARED_CLAIM_WINS(
      setup ->
          new Mutant(setup) {
            @Override
            boolean isHighestPrepared(
                Payload.PreparedClaim claim,
                Collection<Signed<Payload.RoundChangePayload>> roundChanges) {
              return roundChanges.stream()
                  .flatMap(rc -> rc.payload().prepared().stream())
                  .noneMatch(other -> other.round().isBefore(claim.round()));
            }
          }),
  PREPARED_CLAIMS_IGNORED(
      setup ->
          new Mutant(setup) {
            @Override
            boolean isProposalJustification(
                List<Signed<Payload.RoundChangePayload>> roundChanges,
                List<Signed<Payload.PreparePayload>> prepares,
                Round round,
                Proposal block,
                ValidatorId leader,
                ValidatorSet validators) {
              return validateNonPreparedBlock(block, round, leader);
            }
          }),
  NO_QUORUM_OF_ROUND_CHANGES_NEEDED(
      setup ->
          new Mutant(setup) {
            @Override
            int getSetOfRoundChangeSenders(
                Collection<Signed<Payload.RoundChangePayload>> roundChanges) {
              return Integer.MAX_VALUE;
            }
          }),
  CLAIMS_NEED_NO_PREPARES(
      setup ->
          new Mutant(setup) {
            @Override
            boolean isPrepared(
                Payload.PreparedClaim claim,
                Collection<Signed<Payload.PreparePayload>> prepares,
                Height height,
                ValidatorSet validators) {
              return true;
            }
          }),
  ANYBODY_MAY_LEAD(
      setup ->
          new Mutant(setup) {
            @Override
            boolean isJustifiedProposal(Message.ProposalMessage m, QbftState state) {
              return isProposalJustification(
                  m.roundChanges(),
                  m.prepares(),
                  m.round(),
                  m.proposal(),
                  m.author(),
                  state.validators());
            }
          }),
  INVALID_BLOCKS_PREPARED(
      setup ->
          new Mutant(setup) {
            @Override
            boolean validateNonPreparedBlock(Proposal block, Round round, ValidatorId leader) {
              return true;
            }
          }),
  COMMITS_TO_ANY_DIGEST_COUNT(
      setup ->
          new Mutant(setup) {
            @Override
            boolean validateCommit(Message.CommitMessage m, Digest digest) {
              return true;
            }

            @Override
            boolean verifies(CommitCertificate certificate, ValidatorSet validators) {
              return certificate.quorum(validators).isPresent();
            }
          }),
  SEALS_UNCHECKED(
      setup ->
          new Mutant(setup) {
            @Override
            Optional<CommitCertificate> certify(
                List<Message.CommitMessage> commits,
                Proposal block,
                Round round,
                ValidatorSet validators) {
              return setup
                  .authenticity()
                  .aggregate(commits.stream().map(m -> m.signed().payload().seal()).toList())
                  .map(
                      aggregate ->
                          new CommitCertificate(
                              block.height(),
                              round,
                              block.digest(),
                              SignerBitmap.of(
                                  validators, commits.stream().map(Message::author).toList()),
                              aggregate));
            }
          }),
  CERTIFICATES_UNCHECKED(
      setup ->
          new Mutant(setup) {
            @Override
            boolean verifies(CommitCertificate certificate, ValidatorSet validators) {
              return true;
            }
          }),
  CERTIFICATE_FOR_ANOTHER_BLOCK(
      setup ->
          new Mutant(setup) {
            @Override
            boolean validNewBlock(Proposal block, CommitCertificate certificate, QbftState state) {
              return block.height().equals(state.height())
                  && verifies(certificate, state.validators());
            }
          }),
  SIGNATURES_UNCHECKED(
      setup ->
          new Mutant(setup) {
            @Override
            boolean authentic(Signed<? extends Payload> signed, ValidatorSet validators) {
              return validators.contains(signed.author());
            }
          }),
  PREPARES_ANEW_AFTER_RESTART(
      setup ->
          new Mutant(setup) {
            @Override
            boolean isAcceptable(Message.ProposalMessage m, QbftState state) {
              return m.round().isAfter(state.round())
                  || (m.round().equals(state.round()) && state.accepted().isEmpty());
            }
          }),
  VALIDATORS_DO_NOT_WAIT_FOR_EACH_OTHER(
      setup ->
          new Mutant(setup) {
            @Override
            boolean isRoundReached(QbftState state) {
              return true;
            }
          });

  /** Rules to be spoilt. */
  private static class Mutant extends Rules {
    Mutant(QbftEngine.Setup setup) {
      super(setup.chain(), setup.authenticity(), setup.proposals());
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // every function here is pure
  private final Function<QbftEngine.Setup, Rules> rules;

  Mutation(Function<QbftEngine.Setup, Rules> rules) {
    this.rules = rules;
  }

  /** Engines with this bug. */
  public Engines engines() {
    return (setup, height, record) -> QbftEngine.create(setup, rules.apply(setup), height, record);
  }

  /** Rules with this bug. */
  Rules rules(QbftEngine.Setup setup) {
    return rules.apply(setup);
  }

  private static VoteRecord withoutLock(VoteRecord v) {
    return new VoteRecord(v.height(), v.round(), v.proposed(), v.prepared(), Optional.empty());
  }

  private static Rules persisting(QbftEngine.Setup setup, UnaryOperator<VoteRecord> spoilt) {
    return new Mutant(setup) {
      @Override
      List<Effect> durably(Effect.Persist votes, Effect.Broadcast message) {
        return List.of(new Effect.Persist(spoilt.apply(votes.votes())), message);
      }
    };
  }
}
