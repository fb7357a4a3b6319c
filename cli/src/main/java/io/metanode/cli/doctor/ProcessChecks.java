package io.metanode.cli.doctor;

import io.metanode.cli.NodeHome;
import java.util.ArrayList;
import java.util.List;

/** What this process may do: the JDK it runs on, its user, capabilities and limits. */
final class ProcessChecks {

  private static final int CAP_NET_ADMIN = 12;
  private static final int CAP_SYS_ADMIN = 21;
  private static final int CAP_SYS_RESOURCE = 24;
  private static final long ENOUGH_FILES = 4096;

  private ProcessChecks() {}

  static List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.ok(
            "JDK",
            Runtime.version() + " at " + System.getProperty("java.home", "an unknown place")));
    findings.add(
        NodeHome.isRoot()
            ? Finding.ok("user", "root")
            : Finding.fail("user", "not root", "run the node as root, for example with sudo"));
    findings.add(capability("CAP_SYS_ADMIN", CAP_SYS_ADMIN, true, "mounts and namespaces"));
    findings.add(capability("CAP_NET_ADMIN", CAP_NET_ADMIN, true, "bridges and firewall rules"));
    findings.add(
        capability(
            "CAP_SYS_RESOURCE",
            CAP_SYS_RESOURCE,
            false,
            "raised ulimits and negative oom scores; without it they are clamped with a warning"));
    findings.add(openFiles());
    return findings;
  }

  private static Finding capability(String name, int bit, boolean needed, String use) {
    String hex = ProcFile.field("/proc/self/status", "CapEff:").orElse("0");
    boolean held = (Long.parseUnsignedLong(hex, 16) >>> bit & 1) == 1;
    if (held) {
      return Finding.ok(name, "held");
    }
    String remedy = "it is for " + use;
    return needed
        ? Finding.fail(name, "not held", remedy + "; give it to this container or service")
        : Finding.warn(name, "not held", remedy);
  }

  private static Finding openFiles() {
    String[] limits =
        ProcFile.field("/proc/self/limits", "Max open files").orElse("0 0").split(" +", 3);
    long hard = limits[1].equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(limits[1]);
    return hard >= ENOUGH_FILES
        ? Finding.ok("open files", "up to " + limits[1])
        : Finding.warn(
            "open files", "up to " + limits[1], "raise the hard limit to " + ENOUGH_FILES);
  }
}
