package io.metanode.containers.spec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Linux capabilities: their names in the order of their bits (capability.h), Docker's set. */
public final class Capabilities {

  private static final List<String> ALL =
      List.of(
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_DAC_READ_SEARCH",
          "CAP_FOWNER",
          "CAP_FSETID",
          "CAP_KILL",
          "CAP_SETGID",
          "CAP_SETUID",
          "CAP_SETPCAP",
          "CAP_LINUX_IMMUTABLE",
          "CAP_NET_BIND_SERVICE",
          "CAP_NET_BROADCAST",
          "CAP_NET_ADMIN",
          "CAP_NET_RAW",
          "CAP_IPC_LOCK",
          "CAP_IPC_OWNER",
          "CAP_SYS_MODULE",
          "CAP_SYS_RAWIO",
          "CAP_SYS_CHROOT",
          "CAP_SYS_PTRACE",
          "CAP_SYS_PACCT",
          "CAP_SYS_ADMIN",
          "CAP_SYS_BOOT",
          "CAP_SYS_NICE",
          "CAP_SYS_RESOURCE",
          "CAP_SYS_TIME",
          "CAP_SYS_TTY_CONFIG",
          "CAP_MKNOD",
          "CAP_LEASE",
          "CAP_AUDIT_WRITE",
          "CAP_AUDIT_CONTROL",
          "CAP_SETFCAP",
          "CAP_MAC_OVERRIDE",
          "CAP_MAC_ADMIN",
          "CAP_SYSLOG",
          "CAP_WAKE_ALARM",
          "CAP_BLOCK_SUSPEND",
          "CAP_AUDIT_READ",
          "CAP_PERFMON",
          "CAP_BPF",
          "CAP_CHECKPOINT_RESTORE");

  /** Docker's default set. */
  public static final List<String> DEFAULT =
      List.of(
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_FSETID",
          "CAP_FOWNER",
          "CAP_MKNOD",
          "CAP_NET_RAW",
          "CAP_SETGID",
          "CAP_SETUID",
          "CAP_SETFCAP",
          "CAP_SETPCAP",
          "CAP_NET_BIND_SERVICE",
          "CAP_SYS_CHROOT",
          "CAP_KILL",
          "CAP_AUDIT_WRITE");

  private static final String EVERY = "ALL";

  private Capabilities() {}

  /**
   * The set a container gets: the default one, less what is dropped, plus what is added; with
   * {@code ALL} on either side as Docker takes it.
   *
   * @throws IllegalArgumentException for an unknown name, in Docker's words
   */
  public static List<String> of(List<String> added, List<String> dropped) {
    List<String> add = normalised("CapAdd", added);
    List<String> drop = normalised("CapDrop", dropped);
    Set<String> result = new LinkedHashSet<>();
    if (add.contains(EVERY)) {
      result.addAll(ALL);
      drop.forEach(result::remove);
      return List.copyOf(result);
    }
    if (!drop.contains(EVERY)) {
      result.addAll(DEFAULT);
      drop.forEach(result::remove);
    }
    result.addAll(add);
    return List.copyOf(result);
  }

  /**
   * The capability's bit.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static int number(String name) {
    int number = ALL.indexOf(name);
    if (number < 0) {
      throw new IllegalArgumentException("no capability: " + name);
    }
    return number;
  }

  /** All there are. */
  public static List<String> all() {
    return ALL;
  }

  /** Whether a set of bits, as in {@code /proc/self/status}, holds a capability. */
  static boolean in(long bits, String name) {
    int bit = ALL.indexOf(name);
    return bit >= 0 && (bits >>> bit & 1) == 1;
  }

  private static List<String> normalised(String field, List<String> names) {
    List<String> result = new ArrayList<>();
    for (String name : names) {
      String upper = name.toUpperCase(Locale.ROOT);
      String full = upper.equals(EVERY) || upper.startsWith("CAP_") ? upper : "CAP_" + upper;
      if (!full.equals(EVERY) && !ALL.contains(full)) {
        throw new IllegalArgumentException(
            "invalid " + field + ": unknown capability: \"" + full + "\"");
      }
      result.add(full);
    }
    return result;
  }
}
