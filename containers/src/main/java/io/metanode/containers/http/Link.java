package io.metanode.containers.http;

import java.io.IOException;
import java.nio.channels.ByteChannel;

/** A client's connection: a unix socket, or TLS over TCP. Both directions close on their own. */
public interface Link extends ByteChannel {

  /** Tells the client that no more comes; it may go on sending. */
  void shutdownOutput() throws IOException;
}
