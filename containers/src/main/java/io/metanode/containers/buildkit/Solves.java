package io.metanode.containers.buildkit;

import io.metanode.containers.http.ApiException;
import io.metanode.receipts.Actor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The builds that are going on, by the names their clients gave them. */
final class Solves {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int MOST_ENDED = 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition begun = lock.newCondition();
  private final Map<String, Solve> going = new HashMap<>();

  /** What ended lately and may not have been read to its end yet. */
  private final Map<String, Solve> ended = new LinkedHashMap<>();

  void add(Solve solve) throws ApiException {
    String ref = solve.request().getRef();
    if (ref.isEmpty() || ref.length() > 200) {
      throw ApiException.badRequest("a build needs a ref of at most 200 characters");
    }
    lock.lock();
    try {
      if (going.putIfAbsent(ref, solve) != null || ended.containsKey(ref)) {
        throw ApiException.conflict("a build of the ref " + ref + " is there already");
      }
      begun.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void remove(Solve solve) {
    solve.statuses().close();
    lock.lock();
    try {
      going.remove(solve.request().getRef());
      ended.put(solve.request().getRef(), solve);
      if (ended.size() > MOST_ENDED) {
        ended.remove(ended.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * A build that goes on, or is about to; one that was refused meanwhile is not waited for. Nobody
   * gets another one's.
   */
  Solve of(String ref, Actor actor) throws ApiException {
    return find(ref, actor, false);
  }

  /** The same, or one that has ended lately. */
  Solve lately(String ref, Actor actor) throws ApiException {
    return find(ref, actor, true);
  }

  private Solve find(String ref, Actor actor, boolean orEnded) throws ApiException {
    lock.lock();
    try {
      long left = PATIENCE_NANOS;
      while (!going.containsKey(ref) && !ended.containsKey(ref) && left > 0) {
        left = begun.awaitNanos(left);
      }
      Solve solve = going.get(ref);
      if (solve == null && orEnded) {
        solve = ended.get(ref);
      }
      if (solve == null || !solve.actor().equals(actor)) {
        throw ApiException.notFound("no such build: " + ref);
      }
      return solve;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.internal("the engine closes");
    } finally {
      lock.unlock();
    }
  }
}
