package io.metanode.containers.network;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** A container's place on a network, until it is released. */
public interface Lease {

  /** The engine's descriptor of the network namespace; empty for the host's own. */
  OptionalInt namespaceDescriptor();

  /** The file with the count of bytes the container sent; empty without a link of its own. */
  Optional<Path> egressCounter();

  /** Whom the container asks for names; empty for the resolvers it was given, or the host's. */
  Optional<String> nameServer();

  /** What to keep on disk; ports carry the host ports chosen. */
  Networks.LeaseRecord record();

  /** Unpublishes ports and frees address and namespace; slow parts happen in the background. */
  void release();
}
