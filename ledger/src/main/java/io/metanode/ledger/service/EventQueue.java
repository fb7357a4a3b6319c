package io.metanode.ledger.service;

import io.metanode.ledger.replica.ReplicaEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the consensus thread. Votes and timers overtake transactions: they are few, and
 * every validator waits for them.
 */
final class EventQueue {

  /**
   * An event, and what is to be done once it was handled.
   *
   * @param handled gives back the room that the event took
   */
  record Entry(ReplicaEvent event, Runnable handled) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<Entry> urgent = new ArrayDeque<>();
  private final ArrayDeque<Entry> others = new ArrayDeque<>();
  private boolean closed;

  void urgent(ReplicaEvent event, Runnable handled) {
    add(urgent, new Entry(event, handled));
  }

  void add(ReplicaEvent event, Runnable handled) {
    add(others, new Entry(event, handled));
  }

  private void add(ArrayDeque<Entry> queue, Entry entry) {
    lock.lock();
    try {
      if (!closed) {
        queue.add(entry);
        filled.signal();
        return;
      }
    } finally {
      lock.unlock();
    }
    entry.handled().run();
  }

  /**
   * Waits for entries and takes them: all urgent ones, and others up to a number.
   *
   * @return empty once the queue is closed
   */
  List<Entry> take(int most) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && urgent.isEmpty() && others.isEmpty()) {
        filled.await();
      }
      if (closed) {
        return List.of();
      }
      List<Entry> taken = new ArrayList<>(urgent);
      urgent.clear();
      for (int i = 0; i < most && !others.isEmpty(); i++) {
        taken.add(others.remove());
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return urgent.size() + others.size();
    } finally {
      lock.unlock();
    }
  }

  /** Whoever takes gets nothing more; what waits is dropped, and so is what comes. */
  void close() {
    List<Entry> dropped;
    lock.lock();
    try {
      closed = true;
      dropped = new ArrayList<>(urgent);
      dropped.addAll(others);
      urgent.clear();
      others.clear();
      filled.signalAll();
    } finally {
      lock.unlock();
    }
    dropped.forEach(entry -> entry.handled().run());
  }
}
