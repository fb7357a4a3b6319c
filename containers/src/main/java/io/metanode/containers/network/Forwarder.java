package io.metanode.containers.network;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A socket that holds a port of the host, and carries what still reaches it to the container:
 * connections from loopback addresses and by IPv6, and everything where there is no firewall.
 */
interface Forwarder extends AutoCloseable {

  /** The port held, 1 to 65535. */
  int port();

  /** Carries what comes from now on elsewhere. */
  void lead(InetSocketAddress target);

  /** The port is free when this returns. */
  @Override
  void close() throws IOException;

  /** The kernel's socket lives until the thread that waits on it has let go. */
  static void awaitEnd(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
