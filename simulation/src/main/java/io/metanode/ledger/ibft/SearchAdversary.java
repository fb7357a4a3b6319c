package io.metanode.ledger.ibft;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the one Byzantine validator of a search can add to the messages of the honest: a vote for
 * anything; round changes and proposals, justified or not, with votes missing or counted thrice. It
 * keeps to itself those that the rules refuse, which change nothing.
 */
final class SearchAdversary {

  /**
   * Two blocks of its own: a third would be prepared by one honest validator alone, as if it had
   * lost the others' votes for one of the two; and one that is not valid.
   */
  private static final int[] OWN = {10, 11, SearchQuartet.INVALID};

  private final SearchScope scope;
  private final Rules rules;
  private final ValidatorId self;
  private final QbftState blank;

  SearchAdversary(SearchScope scope, Rules rules) {
    this.scope = scope;
    this.rules = rules;
    self = SearchQuartet.member(scope.byzantine());
    blank = QbftState.at(scope.height(), SearchQuartet.SET, VoteRecord.none(scope.height()));
  }

  private <P extends Payload> Signed<P> own(P payload) {
    return new Signed<>(payload, self, SearchQuartet.SIGNATURE);
  }

  Message.PrepareMessage prepare(Round round, Digest digest) {
    return new Message.PrepareMessage(
        own(new Payload.PreparePayload(scope.height(), round, digest)));
  }

  Message.CommitMessage commit(Round round, Digest digest) {
    return new Message.CommitMessage(
        own(new Payload.CommitPayload(scope.height(), round, digest, SearchQuartet.SEAL)));
  }

  /** The blocks that it knows of or makes. */
  private Set<Proposal> blocks(SearchView view) {
    Set<Proposal> blocks = new LinkedHashSet<>();
    for (int number : OWN) {
      blocks.add(SearchQuartet.block(scope.height(), number));
    }
    view.stream(Message.ProposalMessage.class).forEach(m -> blocks.add(m.proposal()));
    return blocks;
  }

  /** The votes it may show for a claim: all that there are with its own, its own thrice, none. */
  private List<List<Signed<Payload.PreparePayload>>> proofs(
      SearchView view, Round round, Digest digest) {
    Signed<Payload.PreparePayload> mine = prepare(round, digest).signed();
    List<Signed<Payload.PreparePayload>> all = new ArrayList<>();
    view.prepares(round, digest).forEach(m -> all.add(m.signed()));
    all.add(mine);
    return List.of(all, List.of(mine, mine, mine), List.of());
  }

  /** Its round changes to a round that would be taken, one of a kind. */
  List<Message.RoundChangeMessage> roundChanges(SearchView view, Round round) {
    List<Message.RoundChangeMessage> taken = new ArrayList<>();
    Predicate<Message.RoundChangeMessage> valid = m -> rules.validRoundChangeMessage(m, blank);
    Optional.of(roundChange(round, Optional.empty())).filter(valid).ifPresent(taken::add);
    for (Proposal block : blocks(view)) {
      for (int r = 0; r < round.value(); r++) {
        Round before = new Round(r);
        proofs(view, before, block.digest()).stream()
            .map(proof -> new PreparedCertificate(block, before, proof))
            .map(certificate -> roundChange(round, Optional.of(certificate)))
            .filter(valid)
            .findFirst()
            .ifPresent(taken::add);
      }
    }
    return taken;
  }

  private Message.RoundChangeMessage roundChange(
      Round round, Optional<PreparedCertificate> certificate) {
    return new Message.RoundChangeMessage(
        claiming(round, certificate.map(PreparedCertificate::claim)), certificate);
  }

  private Signed<Payload.RoundChangePayload> claiming(
      Round round, Optional<Payload.PreparedClaim> claim) {
    return own(new Payload.RoundChangePayload(scope.height(), round, claim));
  }

  /** Its proposals for a round that would be taken, one for each block. */
  List<Message.ProposalMessage> proposals(SearchView view, Round round) {
    List<Message.ProposalMessage> taken = new ArrayList<>();
    for (Proposal block : blocks(view)) {
      taken(view, round, block).ifPresent(taken::add);
    }
    return taken;
  }

  private Optional<Message.ProposalMessage> taken(SearchView view, Round round, Proposal block) {
    for (List<Signed<Payload.RoundChangePayload>> lot : calls(view, round, block.digest())) {
      for (List<Signed<Payload.PreparePayload>> proof : allProofs(view, round, block.digest())) {
        var m =
            new Message.ProposalMessage(
                own(new Payload.ProposalPayload(scope.height(), round, block.digest())),
                block,
                lot,
                proof);
        if (rules.isJustifiedProposal(m, blank)) {
          return Optional.of(m);
        }
      }
    }
    return Optional.empty();
  }

  private List<List<Signed<Payload.PreparePayload>>> allProofs(
      SearchView view, Round round, Digest digest) {
    List<List<Signed<Payload.PreparePayload>>> all = new ArrayList<>();
    all.add(List.of());
    for (int r = 0; r < round.value(); r++) {
      all.addAll(proofs(view, new Round(r), digest).subList(0, 2));
    }
    return all;
  }

  /** Sets of round changes of the honest, each alone, and with what it says itself of a block. */
  private List<List<Signed<Payload.RoundChangePayload>>> calls(
      SearchView view, Round round, Digest digest) {
    if (round.equals(Round.ZERO)) {
      return List.of(List.of());
    }
    List<List<Signed<Payload.RoundChangePayload>>> calls = new ArrayList<>();
    for (List<Message.RoundChangeMessage> honest :
        SearchLots.choices(
            view.of(Message.RoundChangeMessage.class, round).stream().map(List::of).toList())) {
      List<Signed<Payload.RoundChangePayload>> signed =
          honest.stream().map(Message.RoundChangeMessage::signed).toList();
      calls.add(signed);
      calls.add(with(signed, claiming(round, Optional.empty()), 1));
      calls.add(with(signed, claiming(round, Optional.empty()), 3));
      for (int r = 0; r < round.value(); r++) {
        var claim = new Payload.PreparedClaim(new Round(r), digest);
        calls.add(with(signed, claiming(round, Optional.of(claim)), 1));
      }
    }
    return calls;
  }

  private static <T> List<T> with(List<T> list, T more, int times) {
    List<T> longer = new ArrayList<>(list);
    for (int i = 0; i < times; i++) {
      longer.add(more);
    }
    return longer;
  }
}
