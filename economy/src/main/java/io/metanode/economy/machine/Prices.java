package io.metanode.economy.machine;

import io.metanode.economy.money.Amount;
import io.metanode.economy.price.PriceBoard;
import io.metanode.economy.price.PriceDecision;
import io.metanode.economy.price.PriceQuote;
import io.metanode.foundation.Bytes32;
import java.util.List;
import java.util.Optional;

/**
 * The price of FLX: sources quote it, and at the end of an epoch a rate is posted if they agree.
 */
final class Prices {

  private Prices() {}

  static int quote(Bytes32 sender, Amount price, Session session) {
    if (!sources(session).keys().contains(sender)) {
      return MarketStatus.NOT_A_SOURCE.code();
    }
    session.put(state(session).with(new PriceState.Quoted(sender, price, session.now())));
    return 0;
  }

  private static Sources sources(Session session) {
    return session.fact(Sources.PLACE, Sources.class).orElse(Sources.NONE);
  }

  static PriceState state(Session session) {
    return session.fact(PriceState.PLACE, PriceState.class).orElse(PriceState.NONE);
  }

  /** The rate of one FLX in AUR, if the sources agree on one now. */
  static Optional<Amount> decide(Session session) {
    Sources sources = sources(session);
    PriceState before = state(session);
    if (sources.keys().isEmpty() && before.quotes().isEmpty()) {
      return Optional.empty();
    }
    List<PriceQuote> quotes =
        before.quotes().stream()
            .filter(quote -> sources.keys().contains(quote.source()))
            .map(quote -> new PriceQuote(quote.source().toString(), quote.price(), quote.time()))
            .toList();
    PriceBoard.Outcome outcome =
        new PriceBoard(sources.rules(), before.posted()).decide(quotes, session.now());
    boolean disagree = outcome.decision() instanceof PriceDecision.SourcesDisagree;
    session.put(new PriceState(before.quotes(), outcome.board().posted(), disagree));
    return switch (outcome.decision()) {
      case PriceDecision.Posted posted -> Optional.of(posted.rate());
      case PriceDecision.Bounded bounded -> Optional.of(bounded.rate());
      case PriceDecision.TooFewSources _, PriceDecision.SourcesDisagree _ -> Optional.empty();
    };
  }
}
