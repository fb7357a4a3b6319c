package io.metanode.containers.spec;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a container may use; empty for no limit.
 *
 * @param memoryBytes memory
 * @param memoryReservationBytes memory guaranteed under pressure
 * @param memorySwapBytes memory and swap together; -1 for any amount of swap
 * @param memorySwappiness how readily memory is swapped, 0 to 100 (version 1)
 * @param cpuShares relative weight
 * @param cpuQuotaMicros CPU time in each period
 * @param cpuPeriodMicros the period
 * @param cpusetCpus for example {@code 0-2}
 * @param cpusetMems for example {@code 0}
 * @param pids processes and threads
 * @param blockIoWeight 10 to 1000
 * @param oomKillDisabled whether the kernel pauses rather than kills at the memory limit (version
 *     1)
 */
public record Limits(
    OptionalLong memoryBytes,
    OptionalLong memoryReservationBytes,
    OptionalLong memorySwapBytes,
    OptionalLong memorySwappiness,
    OptionalLong cpuShares,
    OptionalLong cpuQuotaMicros,
    OptionalLong cpuPeriodMicros,
    Optional<String> cpusetCpus,
    Optional<String> cpusetMems,
    OptionalLong pids,
    OptionalInt blockIoWeight,
    boolean oomKillDisabled) {

  /** The period {@code --cpus} means. */
  public static final long CPU_PERIOD_MICROS = 100_000;

  public static final Limits NONE =
      new Limits(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          OptionalInt.empty(),
          false);

  /** The quota in {@link #CPU_PERIOD_MICROS} that {@code nanoCpus} billionths of a CPU make. */
  public static long quotaMicros(long nanoCpus) {
    return nanoCpus * CPU_PERIOD_MICROS / 1_000_000_000L;
  }
}
