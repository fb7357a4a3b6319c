package io.metanode.containers.buildkit;

import io.metanode.containers.buildkit.wire.BridgeSolveRequest;
import io.metanode.containers.buildkit.wire.ReturnRequest;
import io.metanode.containers.buildkit.wire.SolveRequest;
import io.metanode.containers.http.ApiException;
import io.metanode.receipts.Actor;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * One build that a client has begun. The client says through the bridge what is to be built, and
 * then which of its results is the one.
 */
final class Solve {

  private static final long POLL_MILLIS = 100;
  private static final int MOST_RESULTS = 64;

  private final Actor actor;
  private final SolveRequest request;
  private final StatusQueue statuses = new StatusQueue();
  private final Map<String, BridgeSolveRequest> results = new ConcurrentHashMap<>();
  private final AtomicInteger sequence = new AtomicInteger();
  private final SynchronousQueue<ReturnRequest> returned = new SynchronousQueue<>();

  Solve(Actor actor, SolveRequest request) {
    this.actor = actor;
    this.request = request;
  }

  Actor actor() {
    return actor;
  }

  SolveRequest request() {
    return request;
  }

  StatusQueue statuses() {
    return statuses;
  }

  /** Keeps what a frontend is asked to build; returns the name of the result. */
  String keep(BridgeSolveRequest asked) throws ApiException {
    if (results.size() >= MOST_RESULTS) {
      throw ApiException.badRequest("a build has at most " + MOST_RESULTS + " results");
    }
    String id = "result-" + sequence.incrementAndGet();
    results.put(id, asked);
    return id;
  }

  /** What a result is of; empty if there is none of this name. */
  Optional<BridgeSolveRequest> result(String id) {
    return Optional.ofNullable(results.get(id));
  }

  /** The client says what the build results in. False if nobody waits for that. */
  boolean end(ReturnRequest result) throws InterruptedException {
    return returned.offer(result, 5, TimeUnit.SECONDS);
  }

  /** Waits for the client's last word. */
  ReturnRequest await(BooleanSupplier abandoned) throws ApiException, InterruptedException {
    while (!abandoned.getAsBoolean()) {
      ReturnRequest result = returned.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (result != null) {
        return result;
      }
    }
    throw new ApiException(499, "the build was given up");
  }
}
