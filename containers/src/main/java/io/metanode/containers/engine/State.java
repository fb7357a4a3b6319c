package io.metanode.containers.engine;

import io.metanode.containers.config.RestartPolicy;
import io.metanode.containers.network.EndpointRequest;
import io.metanode.containers.network.Networks.LeaseRecord;
import java.util.List;
import java.util.Optional;

/**
 * What changes about a container, kept in one small file.
 *
 * @param name without the leading slash
 * @param status where it is in its life
 * @param run its latest run
 * @param lease its places on networks, while it has any
 * @param networks those it is to be on; empty for what its definition says, as containers of before
 *     have it
 * @param links whom it calls what on the default bridge, as it was linked when it was created
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
    Optional<List<EndpointRequest>> networks,
    List<ContainerLink> links,
    boolean stoppedByHand,
    int restarts,
    RestartPolicy restartPolicy,
    Counts meter,
    boolean volumesGo) {

  public State {
    networks = networks.map(List::copyOf);
    links = List.copyOf(links);
  }

  static State created(
      String name,
      RestartPolicy policy,
      List<EndpointRequest> networks,
      List<ContainerLink> links) {
    return new State(
        name,
        Status.CREATED,
        Run.NONE,
        Optional.empty(),
        Optional.of(networks),
        links,
        false,
        0,
        policy,
        Counts.NONE,
        false);
  }

  State withName(String newName) {
    return new State(
        newName,
        status,
        run,
        lease,
        networks,
        links,
        stoppedByHand,
        restarts,
        restartPolicy,
        meter,
        volumesGo);
  }

  /**
   * @throws IllegalStateException if no step leads from this status to the next
   */
  State to(Status next) {
    if (next != status && !status.leadsTo(next)) {
      throw new IllegalStateException("container is " + status.word() + ", not " + next.word());
    }
    return new State(
        name,
        next,
        run,
        lease,
        networks,
        links,
        stoppedByHand,
        restarts,
        restartPolicy,
        meter,
        volumesGo);
  }

  State withRun(Run newRun) {
    return new State(
        name,
        status,
        newRun,
        lease,
        networks,
        links,
        stoppedByHand,
        restarts,
        restartPolicy,
        meter,
        volumesGo);
  }

  State withLease(Optional<LeaseRecord> newLease) {
    return new State(
        name,
        status,
        run,
        newLease,
        networks,
        links,
        stoppedByHand,
        restarts,
        restartPolicy,
        meter,
        volumesGo);
  }

  State withNetworks(List<EndpointRequest> asked) {
    return new State(
        name,
        status,
        run,
        lease,
        Optional.of(asked),
        links,
        stoppedByHand,
        restarts,
        restartPolicy,
        meter,
        volumesGo);
  }

  State withLinks(List<ContainerLink> remaining) {
    return new State(
        name,
        status,
        run,
        lease,
        networks,
        remaining,
        stoppedByHand,
        restarts,
        restartPolicy,
        meter,
        volumesGo);
  }

  State withStoppedByHand(boolean byHand) {
    return new State(
        name,
        status,
        run,
        lease,
        networks,
        links,
        byHand,
        restarts,
        restartPolicy,
        meter,
        volumesGo);
  }

  State withRestarts(int count) {
    return new State(
        name,
        status,
        run,
        lease,
        networks,
        links,
        stoppedByHand,
        count,
        restartPolicy,
        meter,
        volumesGo);
  }

  State withRestartPolicy(RestartPolicy policy) {
    return new State(
        name,
        status,
        run,
        lease,
        networks,
        links,
        stoppedByHand,
        restarts,
        policy,
        meter,
        volumesGo);
  }

  State withMeter(Counts counts) {
    return new State(
        name,
        status,
        run,
        lease,
        networks,
        links,
        stoppedByHand,
        restarts,
        restartPolicy,
        counts,
        volumesGo);
  }

  /** The removal has begun. */
  State removing(boolean withVolumes) {
    return new State(
        name,
        to(Status.REMOVING).status(),
        run,
        lease,
        networks,
        links,
        stoppedByHand,
        restarts,
        restartPolicy,
        meter,
        withVolumes);
  }
}
