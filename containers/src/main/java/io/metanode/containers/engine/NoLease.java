package io.metanode.containers.engine;

import io.metanode.containers.network.Lease;
import io.metanode.containers.network.Networks.LeaseRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The place of a container whose network went with its process while no engine was there; what is
 * left of it on the host is removed as belonging to no container.
 */
record NoLease(Optional<LeaseRecord> recorded) implements Lease {

  @Override
  public OptionalInt namespaceDescriptor() {
    return OptionalInt.empty();
  }

  @Override
  public Optional<Path> egressCounter() {
    return Optional.empty();
  }

  @Override
  public LeaseRecord record() {
    return recorded.orElse(new LeaseRecord("", "", "", "", 0, "", "", "", List.of()));
  }

  @Override
  public void release() {}

  @Override
  public Optional<String> nameServer() {
    return Optional.empty();
  }
}
