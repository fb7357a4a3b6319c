package io.metanode.simulation;

import java.util.Map;
import java.util.Optional;

/**
 * How a run went.
 *
 * @param coverage how often each thing went wrong
 * @param violation what the auditor found wrong
 * @param heights how many heights some honest validator decided
 * @param evidence how many contradictions were reported
 * @param millis virtual time it took
 * @param steps how many packets were sent and delivered
 * @param trace digest of all of them
 */
public record Run(
    Faults faults,
    Map<String, Long> coverage,
    Optional<String> violation,
    long heights,
    long evidence,
    long millis,
    long steps,
    String trace) {

  /** The run of a seed, with these engines. */
  public static Run of(long seed, Engines engines) {
    return new World(seed, engines).run();
  }
}
