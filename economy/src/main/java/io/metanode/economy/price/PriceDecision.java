package io.metanode.economy.price;

import io.metanode.economy.money.Amount;

/** What quotes lead to. */
public sealed interface PriceDecision {

  /** The median is the rate. */
  record Posted(Amount rate) implements PriceDecision {}

  /** The median is further from a rate of the last day than the rate may move; it moves so far. */
  record Bounded(Amount rate, Amount median) implements PriceDecision {}

  /** Too few sources are fresh: no settlement until there are more. */
  record TooFewSources(int fresh) implements PriceDecision {}

  /** The sources disagree: no settlement until they agree. */
  record SourcesDisagree(Amount lowest, Amount highest, Amount median) implements PriceDecision {}
}
