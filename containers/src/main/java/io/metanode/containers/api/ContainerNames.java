package io.metanode.containers.api;

import java.util.Optional;

/** Looks up what containers are called. */
@FunctionalInterface
public interface ContainerNames {

  /** The name without a leading slash; empty if there is no such container. */
  Optional<String> name(String containerId);
}
