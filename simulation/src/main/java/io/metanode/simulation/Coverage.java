package io.metanode.simulation;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How often each thing went wrong in a run: what never happens is not tested. */
final class Coverage {

  /** What is counted. */
  enum Fault {
    /** A packet took longer than {@link #LONG_MILLIS}. */
    DELAYED,
    LOST,
    DUPLICATED,
    /** A packet overtook another of the same sender and receiver. */
    REORDERED,
    /** A packet was lost at the border of a partition. */
    PARTITIONED,
    /** A machine whose timers are fast or slow. */
    SKEWED,
    CRASHED,
    /** A crash left the beginning of a write. */
    TORN,
    /** A machine lost its disks. */
    WIPED,
    /** A Byzantine validator speaks with two tongues: two votes, or two proposals. */
    EQUIVOCATED,
    SILENT,
    /** A message was kept from some. */
    PARTIAL,
    BODY_WITHHELD,
    /** A round change hid a lock, or made one up. */
    ROUND_CHANGE_LIED,
    BAD_BLOCK,
    CERTIFICATE_FORGED,
    /** Bytes, evidence, heights that mean nothing. */
    NOISE,
    REPLAYED,
    VALIDATOR_ADDED,
    VALIDATOR_REMOVED,
    CONVICTED,
    /** A machine forgot old blocks. */
    PRUNED,
    /** A machine went on from a snapshot. */
    SNAPSHOT_TAKEN
  }

  static final long LONG_MILLIS = 100;

  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);

  void count(Fault fault) {
    count(fault, 1);
  }

  void count(Fault fault, long times) {
    counts.merge(fault, times, Long::sum);
  }

  /** The counts that are not zero, by name in lower case. */
  Map<String, Long> counts() {
    Map<String, Long> named = new TreeMap<>();
    counts.forEach(
        (fault, times) -> {
          if (times > 0) {
            named.put(fault.name().toLowerCase(Locale.ROOT), times);
          }
        });
    return named;
  }
}
