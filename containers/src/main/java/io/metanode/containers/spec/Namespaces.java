package io.metanode.containers.spec;

/** The namespaces of a container; mount is always its own, user always the host's. */
public record Namespaces(
    Namespace network, Namespace pid, Namespace ipc, Namespace uts, Namespace cgroup) {

  /** Docker's: all of its own, but the cgroup one on cgroup version 1. */
  public static Namespaces defaults(Namespace network, int cgroupVersion) {
    Namespace own = new Namespace.Fresh();
    return new Namespaces(network, own, own, own, cgroupVersion == 2 ? own : new Namespace.Host());
  }
}
