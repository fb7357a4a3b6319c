package io.metanode.containers.spec;

import java.util.List;
import java.util.Locale;

/**
 * A resource limit as {@code docker run --ulimit} names it.
 *
 * @param name for example {@code nofile}
 * @param soft the soft limit; -1 for none
 * @param hard the hard limit; -1 for none
 */
public record Ulimit(String name, long soft, long hard) {

  /** In the order of their numbers (asm-generic/resource.h). */
  private static final List<String> NAMES =
      List.of(
          "cpu",
          "fsize",
          "data",
          "stack",
          "core",
          "rss",
          "nproc",
          "nofile",
          "memlock",
          "as",
          "locks",
          "sigpending",
          "msgqueue",
          "nice",
          "rtprio",
          "rttime");

  /**
   * @throws IllegalArgumentException if there is no such limit, or the soft exceeds the hard one
   */
  public Ulimit {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException("invalid ulimit type: " + name);
    }
    if (Long.compareUnsigned(soft, hard) > 0) {
      throw new IllegalArgumentException(
          "ulimit soft limit must be less than or equal to hard limit: " + soft + " > " + hard);
    }
  }

  /** The number for {@code getrlimit(2)}. */
  public int resource() {
    return NAMES.indexOf(name);
  }

  /** The name in the OCI configuration, {@code RLIMIT_NOFILE}. */
  public String ociName() {
    return "RLIMIT_" + name.toUpperCase(Locale.ROOT);
  }
}
