package io.metanode.containers.network;

import java.io.IOException;

/**
 * A socket that holds a port of the host, and carries what still reaches it to the container:
 * connections from loopback addresses and by IPv6, and everything where there is no firewall.
 */
interface Forwarder extends AutoCloseable {

  /** The port held, 1 to 65535. */
  int port();

  @Override
  void close() throws IOException;
}
