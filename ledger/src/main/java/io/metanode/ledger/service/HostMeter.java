package io.metanode.ledger.service;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Counts on the consensus thread, is read by others. */
final class HostMeter {

  private final ThreadMXBean times = ManagementFactory.getThreadMXBean();
  private volatile long thread = -1;
  private volatile long blocks;
  private volatile long transactions;
  private volatile long events;
  private volatile int waiting;

  /** Called by the consensus thread before anything else. */
  void begin() {
    thread = Thread.currentThread().threadId();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void handled(int count, int nowWaiting) {
    events += count;
    waiting = nowWaiting;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void decided(int count) {
    blocks++;
    transactions += count;
  }

  HostFigures figures(int queued, long checks, long verifyCpuNanos) {
    return new HostFigures(
        blocks,
        transactions,
        waiting,
        queued,
        events,
        checks,
        verifyCpuNanos,
        thread < 0 ? 0 : Math.max(0, times.getThreadCpuTime(thread)),
        ProcessHandle.current().info().totalCpuDuration().map(d -> d.toNanos()).orElse(0L));
  }
}
