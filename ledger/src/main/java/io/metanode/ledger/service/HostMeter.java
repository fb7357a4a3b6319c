package io.metanode.ledger.service;

/** Counts on the consensus thread, is read by others. */
final class HostMeter {

  private volatile long blocks;
  private volatile long transactions;
  private volatile long events;
  private volatile int waiting;

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

  HostFigures figures(int queued, long checks) {
    return new HostFigures(
        blocks,
        transactions,
        waiting,
        queued,
        events,
        checks,
        ProcessHandle.current().info().totalCpuDuration().map(d -> d.toNanos()).orElse(0L));
  }
}
