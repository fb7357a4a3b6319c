package io.metanode.containers.build;

import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * A client's SSH agent as a unix socket. Whoever connects to it talks to the agent through the
 * client's session. Closing it ends every connection, and nothing is left of it.
 */
final class AgentSocket implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(AgentSocket.class.getName());

  /** Further ones wait until one of these ends. */
  private static final int MOST_CONNECTIONS = 256;

  private final BuildPeer peer;
  private final String id;
  private final Path directory;
  private final ServerSocketChannel server;
  private final Semaphore free = new Semaphore(MOST_CONNECTIONS);
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  private AgentSocket(BuildPeer peer, String id, Path directory, ServerSocketChannel server) {
    this.peer = peer;
    this.id = id;
    this.directory = directory;
    this.server = server;
  }

  /**
   * Begins to listen.
   *
   * @param id what the client calls the agent
   * @param parent a directory of this engine's alone; the socket lies in one of its own below it
   */
  static AgentSocket open(BuildPeer peer, String id, Path parent) throws IOException {
    Path directory = Files.createTempDirectory(parent, "agent-");
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    AgentSocket socket = new AgentSocket(peer, id, directory, server);
    boolean whole = false;
    try {
      server.bind(UnixDomainSocketAddress.of(socket.path()));
      Thread.ofVirtual().name("metanode-agent").start(socket::accept);
      whole = true;
      return socket;
    } finally {
      if (!whole) {
        socket.close();
      }
    }
  }

  Path path() {
    return directory.resolve("s");
  }

  private void accept() {
    try {
      while (true) {
        free.acquire();
        SocketChannel connection = server.accept();
        open.add(connection);
        Thread.ofVirtual().name("metanode-agent").start(() -> serve(connection));
      }
    } catch (ClosedChannelException e) {
      // The step has ended.
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the SSH agent " + id + " is not forwarded any more", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      if (server.isOpen()) {
        peer.forwardAgent(id, connection);
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "a connection to the SSH agent " + id + " ended", e);
    } finally {
      open.remove(connection);
      free.release();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel connection : open) {
      connection.close();
    }
    DurableFiles.removeTree(directory);
  }
}
