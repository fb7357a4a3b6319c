package io.metanode.containers.engine;

import java.time.Duration;

/** Runs tasks later. Tests advance virtual time. */
interface Timers {

  /** Runs a task once after a delay, on a thread that may block. */
  Cancellation after(Duration delay, Runnable task);

  /** Takes a task back; without effect once it has begun. */
  @FunctionalInterface
  interface Cancellation {
    void cancel();
  }
}
