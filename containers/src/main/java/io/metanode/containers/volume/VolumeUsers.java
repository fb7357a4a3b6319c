package io.metanode.containers.volume;

import java.util.List;

/** Which containers use a volume; the engine knows. */
@FunctionalInterface
public interface VolumeUsers {

  /** The ids of the containers, in any state, that mount a volume. */
  List<String> of(String volumeName);
}
