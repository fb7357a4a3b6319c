package io.metanode.containers.buildkit;

import io.metanode.containers.build.BuildException;
import io.metanode.containers.build.BuildPruning;
import io.metanode.containers.build.BuildRequest;
import io.metanode.containers.build.Builds;
import io.metanode.containers.buildkit.rpc.RpcClient;
import io.metanode.containers.buildkit.rpc.RpcServer;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Router;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.registry.Credentials;
import io.metanode.containers.registry.Platform;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.transfer.ReceiptedTransfers;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * {@code POST /grpc}, on which the engine answers, and {@code POST /session}, on which the client
 * does. gRPC is loaded when the first of them comes.
 */
public final class BuildKit implements AutoCloseable {

  private static final String PROTOCOL = "h2c";
  private static final String SESSION = "X-Docker-Expose-Session-Uuid";

  private final Sessions sessions = new Sessions();
  private final Solver solver;
  private final Worker worker;
  private final Clock clock;
  private final BuildPruning pruning;
  private final Set<RpcClient> clients = ConcurrentHashMap.newKeySet();
  private Optional<RpcServer> server = Optional.empty();

  /**
   * @param id of the engine
   * @param version of this program
   * @param host what images are built for unless a client asks otherwise
   */
  public BuildKit(
      Builds builds,
      BuildPruning pruning,
      ImageStore store,
      ReceiptedTransfers transfers,
      Operations operations,
      Syscalls syscalls,
      Clock clock,
      UnpackLimits limits,
      Platform host,
      String id,
      String version) {
    Solver.Parts parts =
        new Solver.Parts(builds, store, transfers, operations, syscalls, clock, limits);
    this.solver = new Solver(parts, sessions, host);
    this.clock = clock;
    this.pruning = pruning;
    this.worker = new Worker(id, version, host);
  }

  public void register(Router router) {
    router.route("POST", "/grpc", this::serve);
    router.route("POST", "/session", this::session);
  }

  /**
   * Builds from the directories of a session, as clients before version 23 have it done.
   *
   * @param session that the client has opened
   * @param output where it is told
   */
  public Digest build(Actor actor, BuildRequest request, String session, Output output)
      throws ApiException, IOException {
    FrontendOptions options = new FrontendOptions(Map.of("filename", request.dockerfile()));
    ImageAnswer unheard = new ImageAnswer();
    return told(
        () ->
            solver.build(
                actor, request, session, options, Exports.IMAGE, unheard, progress(output)));
  }

  /**
   * Builds from an archive.
   *
   * @param archive the context: a tar archive, compressed or not
   * @param session that the client has opened; empty without one
   * @param credentials by the name of the registry, for who has no session
   * @param output where it is told
   */
  public Digest build(
      Actor actor,
      BuildRequest request,
      InputStream archive,
      String session,
      Map<String, Credentials> credentials,
      Output output)
      throws ApiException, IOException {
    return told(
        () -> solver.build(actor, request, archive, session, credentials, progress(output)));
  }

  private Progress progress(Output output) {
    return new Progress(
        output.ref(),
        status -> output.traces().put(status.toByteArray()),
        clock,
        output.abandoned());
  }

  private interface Work {
    Digest run() throws ApiException, IOException;
  }

  private static Digest told(Work work) throws ApiException, IOException {
    try {
      return work.run();
    } catch (BuildException e) {
      throw new ApiException(e.status(), Failures.message(e));
    }
  }

  /**
   * Where a build is told.
   *
   * @param ref names the build
   * @param traces is given what the build tells, each as one {@code StatusResponse}
   * @param abandoned whether nobody waits any more
   */
  public record Output(String ref, Traces traces, BooleanSupplier abandoned) {}

  /** Where messages go, as they are on the wire. */
  @FunctionalInterface
  public interface Traces {
    void put(byte[] message) throws IOException;
  }

  private void serve(HttpExchange exchange) throws ApiException, IOException {
    server().serve(exchange.upgrade(PROTOCOL), exchange.actor());
  }

  private synchronized RpcServer server() throws IOException {
    if (server.isEmpty()) {
      server =
          Optional.of(
              new RpcServer(
                  List.of(
                      new Control(solver, worker).service(new Storage(pruning)),
                      new Bridge(solver, worker).service())));
    }
    return server.get();
  }

  /** Ends a session as soon as it is open; one that does not open is waited for some seconds. */
  public void endSession(String id, Actor actor) throws IOException {
    try {
      sessions.of(id, actor).end();
    } catch (ApiException e) {
      // Then nobody waits for it.
    }
  }

  private void session(HttpExchange exchange) throws ApiException, IOException {
    exchange.checkUpgrade(PROTOCOL);
    String id = exchange.header(SESSION).orElse("");
    if (id.isEmpty() || id.length() > 200) {
      throw ApiException.badRequest("a session needs a name of at most 200 characters: " + SESSION);
    }
    if (sessions.has(id)) {
      throw ApiException.conflict("session " + id + " already exists");
    }
    try (RpcClient client = new RpcClient(exchange.upgrade(PROTOCOL), exchange.actor())) {
      clients.add(client);
      Session session = new Session(exchange.actor(), client);
      sessions.add(id, session);
      try {
        client.awaitEnd();
      } finally {
        sessions.remove(id);
        clients.remove(client);
      }
    }
  }

  /** Ends what is open, and with it the builds that go on. */
  @Override
  public synchronized void close() throws IOException {
    for (RpcClient client : clients) {
      client.close();
    }
    if (server.isPresent()) {
      server.get().close();
    }
  }
}
