package io.metanode.containers.bundle;

import io.metanode.containers.config.HostConfig;
import io.metanode.containers.spec.Limits;
import io.metanode.containers.spec.Ulimit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Limits as the OCI configuration wants them. */
final class Resources {

  private Resources() {}

  static Limits limits(HostConfig host) {
    // -1 takes a limit away that was set before.
    OptionalLong quota =
        host.cpuQuotaMicros() == 0 ? OptionalLong.empty() : OptionalLong.of(host.cpuQuotaMicros());
    OptionalLong period = positive(host.cpuPeriodMicros());
    if (host.nanoCpus() > 0) {
      quota = OptionalLong.of(Limits.quotaMicros(host.nanoCpus()));
      period = OptionalLong.of(Limits.CPU_PERIOD_MICROS);
    }
    return new Limits(
        positive(host.memoryBytes()),
        positive(host.memoryReservationBytes()),
        host.memorySwapBytes() == 0
            ? OptionalLong.empty()
            : OptionalLong.of(host.memorySwapBytes()),
        swappiness(host),
        positive(host.cpuShares()),
        quota,
        period,
        text(host.cpusetCpus()),
        text(host.cpusetMems()),
        positive(host.pidsLimit().orElse(0)),
        host.blkioWeight() > 0 ? OptionalInt.of((int) host.blkioWeight()) : OptionalInt.empty(),
        host.oomKillDisabled());
  }

  private static OptionalLong swappiness(HostConfig host) {
    long asked = host.memorySwappiness().orElse(-1);
    return asked < 0 ? OptionalLong.empty() : OptionalLong.of(asked);
  }

  /**
   * @throws IllegalArgumentException in Docker's words for an unknown or contradictory limit
   */
  static List<Ulimit> ulimits(HostConfig host) {
    return host.ulimits().stream().map(u -> new Ulimit(u.name(), u.soft(), u.hard())).toList();
  }

  private static OptionalLong positive(long value) {
    return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
  }

  private static Optional<String> text(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
