package io.metanode.containers.buildkit.rpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.metanode.containers.http.HttpExchange.Hijacked;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Serves gRPC on connections that are handed to it. */
public final class RpcServer implements AutoCloseable {

  /** What a message may measure; BuildKit's own limit. */
  static final int MOST_MESSAGE_BYTES = 16 << 20;

  /** Tells every connection that ends without a word, as clients' first ones do. */
  private static final Logger CHATTER = Logger.getLogger("io.grpc.okhttp.OkHttpServerTransport");

  private static final Context.Key<Actor> ACTOR = Context.key("actor");
  private static final Context.Key<Metadata> HEADERS = Context.key("headers");

  private final ConnectionQueue queue;
  private final Server server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<LinkSocket> open = ConcurrentHashMap.newKeySet();

  public RpcServer(List<ServerServiceDefinition> services) throws IOException {
    CHATTER.setLevel(Level.OFF);
    this.queue = new ConnectionQueue();
    OkHttpServerBuilder builder =
        OkHttpServerBuilder.forPort(0, InsecureServerCredentials.create())
            .socketFactory(queue)
            .executor(threads)
            .transportExecutor(threads)
            .maxInboundMessageSize(MOST_MESSAGE_BYTES)
            .intercept(new Introduction());
    services.forEach(builder::addService);
    this.server = builder.build().start();
  }

  /** Who makes the call that this thread answers. */
  public static Actor caller() {
    return ACTOR.get();
  }

  /** A header of the call that this thread answers; empty without. */
  public static String header(String name) {
    Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    String value = HEADERS.get().get(key);
    return value == null ? "" : value;
  }

  /** Serves a connection until it ends. */
  public void serve(Hijacked taken, Actor actor) throws IOException {
    LinkSocket connection = new LinkSocket(taken, actor);
    open.add(connection);
    try {
      queue.put(connection);
      connection.awaitClose();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the engine closes");
    } finally {
      open.remove(connection);
      connection.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.shutdownNow();
    for (LinkSocket connection : open) {
      connection.close();
    }
    threads.shutdown();
  }

  /** Tells handlers who calls and with which headers. */
  private static final class Introduction implements ServerInterceptor {

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      Object remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
      if (!(remote instanceof LinkSocket.Peer peer)) {
        throw new IllegalStateException("a connection from elsewhere: " + remote);
      }
      Context context =
          Context.current().withValue(ACTOR, peer.actor()).withValue(HEADERS, headers);
      return Contexts.interceptCall(context, call, headers, next);
    }
  }
}
