package io.metanode.simulation.economy;

import java.util.List;

/**
 * What a run takes for granted.
 *
 * @param dailyJobs what tenants would spend a day at par in the beginning, in NEX
 * @param monthlyGrowth of that, in 30 days; 0.2 is 20 %
 * @param elasticity of demand against the price of NEX: jobs ~ (par / price)^elasticity
 * @param cost of a job worth one NEX at list price, to the provider, in AUR
 * @param adoption A of proof of execution, in millionths
 * @param shock what happens from day 120 on
 */
public record Assumptions(
    String name,
    double dailyJobs,
    double monthlyGrowth,
    double elasticity,
    double cost,
    long adoption,
    Shock shock) {

  /** What happens from day 120 on. */
  public enum Shock {
    NONE,
    /** Demand is ten times as high for 30 days. */
    DEMAND_TIMES_TEN,
    /** One of five price sources says one and a half times the price for 30 days. */
    SOURCE_LIES,
    /** Half of the providers leave for good. */
    PROVIDERS_LEAVE,
    /** Every provider buys from itself to be rewarded for it, from the first day on. */
    SELF_DEALING
  }

  /** A thousandth: at most one NEX a provider and day. */
  static final long SMALL = 1_000;

  static final long AS_SPECIFIED = 1_000_000;

  /** What is run when nothing else is asked for. */
  public static final List<Assumptions> ALL =
      List.of(
          of("growth", 0.20, SMALL, Shock.NONE),
          of("no growth", 0, SMALL, Shock.NONE),
          of("thin margin", 0.20, 90, SMALL, Shock.NONE),
          of("demand x10", 0.05, SMALL, Shock.DEMAND_TIMES_TEN),
          of("source lies", 0.05, SMALL, Shock.SOURCE_LIES),
          of("providers leave", 0.05, SMALL, Shock.PROVIDERS_LEAVE),
          of("reward K=1000 a day", 0.05, AS_SPECIFIED, Shock.NONE),
          of("self-dealing, K=1000", 0.05, AS_SPECIFIED, Shock.SELF_DEALING),
          of("self-dealing, K=1", 0.05, SMALL, Shock.SELF_DEALING));

  private static Assumptions of(String name, double growth, long adoption, Shock shock) {
    return of(name, growth, 60, adoption, shock);
  }

  private static Assumptions of(
      String name, double growth, double cost, long adoption, Shock shock) {
    return new Assumptions(name, 400, growth, 1.0, cost, adoption, shock);
  }
}
