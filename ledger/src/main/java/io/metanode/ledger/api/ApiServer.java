package io.metanode.ledger.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.metanode.foundation.Clock;
import io.metanode.ledger.peers.LinkStatus;
import io.metanode.ledger.service.Ledger;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Answers clients over HTTP, a virtual thread a request. */
public final class ApiServer implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(ApiServer.class.getName());
  private static final int BACKLOG = 256;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Endpoints> groups;

  /**
   * @param links how the links to peers do, now
   * @param address port 0 takes a free one
   */
  public ApiServer(
      Ledger ledger,
      Supplier<List<LinkStatus>> links,
      InetSocketAddress address,
      String version,
      Clock clock)
      throws IOException {
    // Read once, when the server's classes are loaded: answers leave at once, idle clients go, and
    // so do those that take for ever to say what they want.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.idleInterval", "60");
    System.setProperty("jdk.httpserver.maxConnections", "2048");
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    groups =
        List.of(
            new TransactionEndpoints(ledger),
            new BlockEndpoints(ledger),
            new StateEndpoints(ledger),
            new LogEndpoints(ledger),
            new ModuleEndpoints(ledger),
            new NodeEndpoints(ledger, links, version, clock));
    server = HttpServer.create(address, BACKLOG);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call;
      try {
        call = new Call(exchange);
      } catch (Problem problem) {
        exchange.sendResponseHeaders(problem.status(), -1);
        return;
      }
      try {
        answer(call);
      } catch (Problem problem) {
        call.answer(problem);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "failed: " + exchange.getRequestURI(), e);
        call.answer(Problem.internal(String.valueOf(e)));
      }
    }
  }

  private void answer(Call call) throws IOException, Problem {
    for (Endpoints group : groups) {
      if (group.answer(call)) {
        return;
      }
    }
    throw Problem.notFound("no such endpoint; docs/formats/ledger-api.md lists them");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
