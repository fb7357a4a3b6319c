package io.metanode.simulation;

import io.metanode.ledger.replica.Replica;
import java.util.Map;
import java.util.Optional;

/**
 * How a run of whole replicas went.
 *
 * @param coverage how often each thing went wrong
 * @param violation what the auditor found wrong
 * @param heights how many blocks were decided
 * @param transactions how many transactions these hold
 * @param convictions how many pieces of evidence these hold
 * @param millis virtual time it took
 * @param steps how many messages were sent and delivered
 * @param trace digest of all of them
 */
public record ReplicaRun(
    Faults faults,
    Map<String, Long> coverage,
    Optional<String> violation,
    long heights,
    long transactions,
    long convictions,
    long millis,
    long steps,
    String trace) {

  /** The run of a seed, with these engines. */
  public static ReplicaRun of(long seed, Replica.Engines engines) {
    return new ReplicaWorld(seed, engines).run();
  }
}
