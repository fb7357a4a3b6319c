package io.metanode.containers.http;

import io.metanode.containers.http.Exchange.Wire;
import io.metanode.foundation.Clock;
import io.metanode.receipts.Actor;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One client's connection: requests one after another, until either side closes it. */
final class Connection implements Runnable {

  private static final Logger LOG = System.getLogger(Connection.class.getName());
  private static final int SKIP_LIMIT = 256 * 1024;
  private static final long NEVER = Long.MAX_VALUE;

  private final Link channel;
  private final Wire wire;
  private final RequestParser parser;
  private final RouteTable routes;
  private final ServerIdentity identity;
  private final Clock clock;
  private final long idleNanos;
  private volatile long idleSinceNanos;
  private volatile boolean idle;
  private volatile boolean lastRequest;

  Connection(
      Link channel,
      Actor actor,
      RouteTable routes,
      ServerIdentity identity,
      Clock clock,
      long idleNanos) {
    this.channel = channel;
    this.wire =
        new Wire(
            channel, new ConnectionInput(channel), new ConnectionOutput(channel), actor, clock);
    this.parser = new RequestParser(wire.input());
    this.routes = routes;
    this.identity = identity;
    this.clock = clock;
    this.idleNanos = idleNanos;
    this.idleSinceNanos = clock.monotonicNanos();
    this.idle = true;
  }

  @Override
  public void run() {
    try (channel) {
      while (serveOne()) {
        rest();
      }
      rest(); // whoever does not take the farewell is closed as idle
      channel.shutdownOutput();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "connection ended: {0}", e.getMessage());
    }
  }

  private void rest() {
    idleSinceNanos = clock.monotonicNanos();
    idle = true;
  }

  private boolean serveOne() throws IOException {
    Optional<RequestHead> head;
    Target target;
    try {
      head = parser.next();
      if (head.isEmpty() || lastRequest) {
        return false;
      }
      target = Target.parse(head.get().target());
    } catch (HttpSyntaxException e) {
      refuse(e.status(), String.valueOf(e.getMessage()));
      return false;
    }
    idle = false;
    return serve(head.get(), target);
  }

  private boolean serve(RequestHead head, Target target) throws IOException {
    RequestBody body =
        new RequestBody(
            wire.input(),
            parser,
            head,
            () -> {
              if (head.expectsContinue()) {
                Exchange.invite(wire);
              }
            });
    Optional<RouteTable.Match> match = routes.find(head.method(), target.path());
    ApiVersion version = target.version().flatMap(ApiVersion::parse).orElse(ApiVersion.NEWEST);
    Map<String, String> parameters = match.map(RouteTable.Match::parameters).orElse(Map.of());
    Exchange exchange =
        new Exchange(head, target, version, parameters, wire, body, identity.head(clock.now()));
    try {
      handle(exchange, target, match);
      return exchange.finish(SKIP_LIMIT) && !lastRequest;
    } catch (HttpSyntaxException e) {
      if (!exchange.answered()) {
        refuse(e.status(), String.valueOf(e.getMessage()));
      }
      return false;
    }
  }

  private void handle(Exchange exchange, Target target, Optional<RouteTable.Match> match)
      throws IOException {
    try {
      if (target.version().isPresent()) {
        checkVersion(target.version().get());
      }
      if (match.isEmpty() && exchange.method().equals("OPTIONS")) {
        exchange.send(200);
        return;
      }
      if (match.isEmpty()) {
        throw unrouted(exchange);
      }
      match.get().handler().handle(exchange);
      if (!exchange.answered()) {
        throw new IllegalStateException(
            "no answer to " + exchange.method() + " " + exchange.path());
      }
    } catch (ApiException e) {
      fail(exchange, e.status(), String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "failed: " + exchange.method() + " " + exchange.path(), e);
      fail(exchange, 500, String.valueOf(e.getMessage()), e);
    } catch (HttpSyntaxException | EOFException e) {
      throw e;
    } catch (IOException e) {
      if (!channel.isOpen() || exchange.answered()) {
        throw e;
      }
      LOG.log(Level.WARNING, "failed: " + exchange.method() + " " + exchange.path(), e);
      fail(exchange, 500, String.valueOf(e.getMessage()), e);
    }
  }

  private static void checkVersion(String text) throws ApiException {
    ApiVersion asked =
        ApiVersion.parse(text)
            .orElseThrow(() -> ApiException.badRequest("invalid API version: " + text));
    if (asked.compareTo(ApiVersion.OLDEST_TAKEN) < 0) {
      throw ApiException.badRequest(
          ("client version %s is too old. Minimum supported API version is %s, "
                  + "please upgrade your client to a newer version")
              .formatted(asked, ApiVersion.OLDEST));
    }
    if (asked.compareTo(ApiVersion.NEWEST) > 0) {
      throw ApiException.badRequest(
          "client version %s is too new. Maximum supported API version is %s"
              .formatted(asked, ApiVersion.NEWEST));
    }
  }

  private ApiException unrouted(Exchange exchange) {
    List<String> allowed = routes.allowed(exchange.path());
    if (!allowed.isEmpty()) {
      exchange.responseHeader("Allow", String.join(", ", allowed));
    }
    return ApiException.notFound("page not found");
  }

  /** Tells the client, or breaks the connection off where half an answer is out already. */
  private static void fail(Exchange exchange, int status, String message, Exception cause)
      throws IOException {
    if (exchange.answered()) {
      throw new IOException("failed after the answer began", cause);
    }
    exchange.send(status, "application/json", Json.error(message));
  }

  private void refuse(int status, String message) throws IOException {
    byte[] body = Json.error(message);
    ResponseHead head =
        identity
            .head(clock.now())
            .set("Content-Type", "application/json")
            .set("Content-Length", Integer.toString(body.length))
            .set("Connection", "close");
    wire.output().write(head.bytes(status, ResponseHead.reason(status), body));
  }

  /** Ends the connection after the request in progress, or at once if there is none. */
  void finish() {
    lastRequest = true;
    if (idle) {
      close();
    }
  }

  /** Closes the connection if its client has sent no whole request for too long. */
  void closeIfIdle() {
    if (idle && clock.monotonicNanos() - idleSinceNanos > idleNanos && idleNanos != NEVER) {
      close();
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "close failed: {0}", e.getMessage());
    }
  }
}
