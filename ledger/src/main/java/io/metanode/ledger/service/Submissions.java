package io.metanode.ledger.service;

import io.metanode.ledger.mempool.Admission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients' requests that the replica has not answered yet. They hold a bounded number of
 * transactions: beyond it clients are told to come back. Safe for use by many threads.
 */
final class Submissions {

  private record Open(CompletableFuture<List<Admission>> answer, int size) {}

  private final Semaphore room;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, Open> open = new ConcurrentHashMap<>();

  /**
   * @param most transactions that may be open
   */
  Submissions(int most) {
    room = new Semaphore(most);
  }

  /** A request under its number. */
  record Request(long number, CompletableFuture<List<Admission>> answer) {}

  /** Opens a request; empty if there is no room for it. */
  Optional<Request> open(int size) {
    if (!room.tryAcquire(size)) {
      return Optional.empty();
    }
    long number = numbers.incrementAndGet();
    CompletableFuture<List<Admission>> answer = new CompletableFuture<>();
    open.put(number, new Open(answer, size));
    return Optional.of(new Request(number, answer));
  }

  void answer(long number, List<Admission> admissions) {
    Open request = open.remove(number);
    if (request != null) {
      room.release(request.size());
      request.answer().complete(admissions);
    }
  }

  /** Nothing will be answered any more. */
  void fail(Exception reason) {
    for (Long number : List.copyOf(open.keySet())) {
      Open request = open.remove(number);
      if (request != null) {
        room.release(request.size());
        request.answer().completeExceptionally(reason);
      }
    }
  }
}
