package io.metanode.ledger.ibft;

import io.metanode.foundation.Digest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What messages, events and validators are known by in a search: equal for what makes no
 * difference. Which votes prove a claim or justify a proposal does not, once the rules found that
 * they do.
 */
final class SearchNames {

  private SearchNames() {}

  static String of(Message m) {
    String content =
        switch (m) {
          case Message.ProposalMessage p -> "proposal " + of(p.signed().payload().digest());
          case Message.PrepareMessage p -> "prepare " + of(p.signed().payload().digest());
          case Message.CommitMessage c -> "commit " + of(c.signed().payload().digest());
          case Message.RoundChangeMessage r -> "change " + of(r.signed().payload().prepared());
        };
    return position(m) + "." + m.round() + " " + content;
  }

  private static int position(Message m) {
    return SearchQuartet.SET.position(m.author()).orElseThrow();
  }

  private static String of(Optional<Payload.PreparedClaim> claim) {
    return claim.map(c -> of(c.digest()) + "@" + c.round()).orElse("-");
  }

  static String of(Digest digest) {
    return digest.hex().substring(0, 4);
  }

  static String of(List<Event> lot) {
    return lot.stream()
        .map(e -> e instanceof Event.Received r ? of(r.message()) : e.toString())
        .collect(Collectors.joining(", "));
  }

  static String of(VoteRecord votes) {
    return votes.round()
        + "/"
        + votes.proposed().map(SearchNames::of).orElse("-")
        + "/"
        + votes.prepared().map(SearchNames::of).orElse("-")
        + "/"
        + of(votes.lock().map(PreparedCertificate::claim));
  }

  static String of(QbftState state) {
    return of(state.votes()) + state.accepted().map(m -> " took " + of(m)).orElse("");
  }
}
