package io.metanode.containers.network;

import java.util.List;

/** What containers are called on networks that resolve names, and whom they ask for other names. */
public interface ContainerNames {

  /**
   * A container's names but its aliases, in any letter case; empty if there is no such container.
   */
  List<String> namesOf(String containerId);

  /** The addresses of the name servers a container was given; empty for the host's. */
  List<String> resolversOf(String containerId);
}
