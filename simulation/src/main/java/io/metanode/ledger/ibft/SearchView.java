package io.metanode.ledger.ibft;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.Round;
import java.util.List;
import java.util.stream.Stream;

/** What the honest sent, or the part of it that matters. */
record SearchView(List<Message> sent) {

  <M extends Message> List<M> of(Class<M> type, Round round) {
    return stream(type).filter(m -> m.round().equals(round)).toList();
  }

  <M extends Message> Stream<M> stream(Class<M> type) {
    return sent.stream().filter(type::isInstance).map(type::cast);
  }

  List<Message.PrepareMessage> prepares(Round round, Digest digest) {
    return of(Message.PrepareMessage.class, round).stream()
        .filter(m -> m.signed().payload().digest().equals(digest))
        .toList();
  }

  List<Message.CommitMessage> commits(Round round, Digest digest) {
    return of(Message.CommitMessage.class, round).stream()
        .filter(m -> m.signed().payload().digest().equals(digest))
        .toList();
  }

  /** Whether one Byzantine vote more would decide the digest in some round. */
  boolean founds(Digest digest) {
    return stream(Message.CommitMessage.class)
        .map(Message::round)
        .distinct()
        .anyMatch(r -> commits(r, digest).size() >= SearchQuartet.SET.quorum() - 1);
  }
}
