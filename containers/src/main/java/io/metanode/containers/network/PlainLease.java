package io.metanode.containers.network;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** A place on the host's network, or on none: nothing was made for it. */
record PlainLease(Networks.LeaseRecord record, Runnable onRelease) implements Lease {

  @Override
  public OptionalInt namespaceDescriptor() {
    return OptionalInt.empty();
  }

  @Override
  public Optional<Path> egressCounter() {
    return Optional.empty();
  }

  @Override
  public void release() {
    onRelease.run();
  }

  @Override
  public Optional<String> nameServer() {
    return Optional.empty();
  }
}
