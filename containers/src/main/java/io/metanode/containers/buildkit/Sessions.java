package io.metanode.containers.buildkit;

import io.metanode.containers.http.ApiException;
import io.metanode.receipts.Actor;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The sessions that are open, by the names their clients gave them. */
final class Sessions {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private final Map<String, Session> open = new HashMap<>();

  void add(String id, Session session) throws ApiException {
    lock.lock();
    try {
      if (open.putIfAbsent(id, session) != null) {
        throw ApiException.conflict("session " + id + " already exists");
      }
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void remove(String id) {
    lock.lock();
    try {
      open.remove(id);
    } finally {
      lock.unlock();
    }
  }

  boolean has(String id) {
    lock.lock();
    try {
      return open.containsKey(id);
    } finally {
      lock.unlock();
    }
  }

  /** A session; one that is about to be opened is waited for. Nobody gets another one's. */
  Session of(String id, Actor actor) throws ApiException {
    lock.lock();
    try {
      long left = PATIENCE_NANOS;
      while (!open.containsKey(id) && left > 0) {
        left = opened.awaitNanos(left);
      }
      Session session = open.get(id);
      if (session == null || !session.actor().equals(actor)) {
        throw ApiException.badRequest(
            "no active session for " + id + ": the client must keep its session open");
      }
      return session;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.internal("the engine closes");
    } finally {
      lock.unlock();
    }
  }
}
