package io.metanode.containers.buildkit.rpc;

import io.grpc.Channel;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.metanode.containers.http.HttpExchange.Hijacked;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;

/** Calls whoever is at the other end of a connection that was taken over. */
public final class RpcClient implements AutoCloseable {

  private final LinkSocket connection;
  private final ManagedChannel channel;

  public RpcClient(Hijacked taken, Actor actor) {
    this.connection = new LinkSocket(taken, actor);
    Executor threads = task -> Thread.ofVirtual().name("metanode-session").start(task);
    // The address is not looked up, and nothing connects to it: the factory has the connection.
    this.channel =
        OkHttpChannelBuilder.forAddress("127.0.0.1", 1, InsecureChannelCredentials.create())
            .overrideAuthority("localhost")
            .socketFactory(new Once(connection))
            .proxyDetector(_ -> null)
            .disableRetry()
            .executor(threads)
            .transportExecutor(threads)
            .maxInboundMessageSize(RpcServer.MOST_MESSAGE_BYTES)
            .build();
    var _ = channel.getState(true);
  }

  public Channel channel() {
    return channel;
  }

  /** Waits until the connection ends. */
  public void awaitEnd() throws IOException {
    try {
      connection.awaitClose();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the engine closes");
    }
  }

  @Override
  public void close() throws IOException {
    var _ = channel.shutdownNow();
    connection.close();
  }

  /** Gives the one connection there is; when it has ended there is no other. */
  private static final class Once extends SocketFactory {

    private final LinkSocket connection;
    private final AtomicBoolean given = new AtomicBoolean();

    Once(LinkSocket connection) {
      this.connection = connection;
    }

    @Override
    public Socket createSocket() throws IOException {
      if (given.getAndSet(true)) {
        throw new IOException("the session has ended");
      }
      return connection;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return createSocket();
    }
  }
}
