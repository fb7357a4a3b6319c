package io.metanode.containers.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Clients that wait for a container to end or to be removed. */
final class Waits {

  /** What a client waits for. */
  enum Condition {
    NEXT_EXIT,
    REMOVED
  }

  /** What it is told. */
  record Result(int exitCode, String error) {}

  /** One client's wait; equal to itself only. */
  static final class Wait {
    private final Condition condition;
    private final CompletableFuture<Result> result = new CompletableFuture<>();

    private Wait(Condition condition) {
      this.condition = condition;
    }

    CompletableFuture<Result> result() {
      return result;
    }
  }

  private final List<Wait> waits = new ArrayList<>();

  synchronized Wait add(Condition condition) {
    Wait wait = new Wait(condition);
    waits.add(wait);
    return wait;
  }

  /** Drops a wait whose client is gone or was told. */
  synchronized void forget(Wait wait) {
    waits.remove(wait);
  }

  /** Tells those who wait for the end, or, if it is removed, everyone. */
  void complete(boolean removed, Result result) {
    List<Wait> due;
    synchronized (this) {
      due = waits.stream().filter(w -> removed || w.condition == Condition.NEXT_EXIT).toList();
    }
    due.forEach(wait -> wait.result.complete(result));
  }
}
