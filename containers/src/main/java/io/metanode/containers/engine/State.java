package io.metanode.containers.engine;

import io.metanode.containers.config.RestartPolicy;
import io.metanode.containers.network.Networks.LeaseRecord;
import java.util.Optional;

/**
 * What changes about a container, kept in one small file.
 *
 * @param name without the leading slash
 * @param status where it is in its life
 * @param run its latest run
 * @param lease its place on a network, while it has one
 * @param stoppedByHand whether a client stopped it, so that its restart policy rests
 * @param restarts how often the policy restarted it since a client last started it
 * @param restartPolicy when it is started again
 * @param meter usage counted so far
 * @param volumesGo whether its anonymous volumes are removed with it, once it is being removed
 */
public record State(
    String name,
    Status status,
    Run run,
    Optional<LeaseRecord> lease,
    boolean stoppedByHand,
    int restarts,
    RestartPolicy restartPolicy,
    Counts meter,
    boolean volumesGo) {

  static State created(String name, RestartPolicy policy) {
    return new State(
        name, Status.CREATED, Run.NONE, Optional.empty(), false, 0, policy, Counts.NONE, false);
  }

  State withName(String newName) {
    return new State(
        newName, status, run, lease, stoppedByHand, restarts, restartPolicy, meter, volumesGo);
  }

  /**
   * @throws IllegalStateException if no step leads from this status to the next
   */
  State to(Status next) {
    if (next != status && !status.leadsTo(next)) {
      throw new IllegalStateException("container is " + status.word() + ", not " + next.word());
    }
    return new State(
        name, next, run, lease, stoppedByHand, restarts, restartPolicy, meter, volumesGo);
  }

  State withRun(Run newRun) {
    return new State(
        name, status, newRun, lease, stoppedByHand, restarts, restartPolicy, meter, volumesGo);
  }

  State withLease(Optional<LeaseRecord> newLease) {
    return new State(
        name, status, run, newLease, stoppedByHand, restarts, restartPolicy, meter, volumesGo);
  }

  State withStoppedByHand(boolean byHand) {
    return new State(name, status, run, lease, byHand, restarts, restartPolicy, meter, volumesGo);
  }

  State withRestarts(int count) {
    return new State(
        name, status, run, lease, stoppedByHand, count, restartPolicy, meter, volumesGo);
  }

  State withRestartPolicy(RestartPolicy policy) {
    return new State(name, status, run, lease, stoppedByHand, restarts, policy, meter, volumesGo);
  }

  State withMeter(Counts counts) {
    return new State(
        name, status, run, lease, stoppedByHand, restarts, restartPolicy, counts, volumesGo);
  }

  /** The removal has begun. */
  State removing(boolean withVolumes) {
    return new State(
        name,
        to(Status.REMOVING).status(),
        run,
        lease,
        stoppedByHand,
        restarts,
        restartPolicy,
        meter,
        withVolumes);
  }
}
