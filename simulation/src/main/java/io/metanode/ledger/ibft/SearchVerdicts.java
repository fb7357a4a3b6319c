package io.metanode.ledger.ibft;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.SignerBitmap;
import io.metanode.ledger.consensus.ValidatorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges the commits of the honest. Every decision needs one more than f honest commits to one
 * block in one round; after them no honest validator may ever commit to another. So no two blocks
 * are ever decided, whoever decides when. That nothing less is a decision is asked of the real
 * class: with certificates here, with votes in {@link SearchMoves}.
 */
final class SearchVerdicts {

  private static final int FORGED = 10;

  private final SearchScope scope;
  private final Rules rules;
  private final SearchAdversary adversary;
  private final Identity observer;

  SearchVerdicts(SearchScope scope, Rules rules, SearchAdversary adversary) {
    this.scope = scope;
    this.rules = rules;
    this.adversary = adversary;
    observer = SearchQuartet.setup(SearchQuartet.member((scope.byzantine() + 1) % 4)).identity();
  }

  Optional<String> of(SearchView view) {
    List<Message.CommitMessage> commits = view.stream(Message.CommitMessage.class).toList();
    for (Message.CommitMessage a : commits) {
      Digest digest = a.signed().payload().digest();
      if (view.commits(a.round(), digest).size() >= SearchQuartet.SET.quorum() - 1) {
        for (Message.CommitMessage b : commits) {
          if (!b.round().isBefore(a.round()) && !b.signed().payload().digest().equals(digest)) {
            return Optional.of(
                "abandoned decision: " + SearchNames.of(a) + " then " + SearchNames.of(b));
          }
        }
      }
    }
    return unfounded(view);
  }

  /** Whether a certificate makes a validator decide what too few committed to. */
  private Optional<String> unfounded(SearchView view) {
    List<Proposal> blocks = new ArrayList<>();
    for (int number = 0; number < scope.rounds(); number++) {
      blocks.add(SearchQuartet.block(scope.height(), number));
    }
    blocks.add(SearchQuartet.block(scope.height(), FORGED));
    for (Proposal block : blocks) {
      for (Proposal certified : blocks) {
        for (int round = 0; round < scope.rounds(); round++) {
          if (decides(block, certificate(view, new Round(round), certified.digest()))
              && !view.founds(block.digest())) {
            return Optional.of("unfounded decision: " + block + " by a certificate");
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean decides(Proposal block, CommitCertificate certificate) {
    VoteRecord none = VoteRecord.none(scope.height());
    QbftState state = QbftState.at(scope.height(), SearchQuartet.SET, none);
    return new Transition(rules, h -> SearchQuartet.SET, observer, state)
        .step(new Event.BlockArrived(block, certificate)).effects().stream()
            .anyMatch(Effect.Decide.class::isInstance);
  }

  private CommitCertificate certificate(SearchView view, Round round, Digest digest) {
    List<ValidatorId> signers = new ArrayList<>();
    view.commits(round, digest).forEach(m -> signers.add(m.author()));
    signers.add(adversary.commit(round, digest).author());
    return new CommitCertificate(
        scope.height(),
        round,
        digest,
        SignerBitmap.of(SearchQuartet.SET, signers),
        SearchQuartet.SEAL);
  }
}
