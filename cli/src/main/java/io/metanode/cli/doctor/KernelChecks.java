package io.metanode.cli.doctor;

import io.metanode.cli.NodeHome;
import io.metanode.cli.Program;
import io.metanode.cli.process.Finished;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel can do, tried rather than looked up: each trial runs in namespaces of its own,
 * which end with it.
 */
final class KernelChecks {

  private KernelChecks() {}

  static List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("kernel", System.getProperty("os.version", "unknown")));
    if (NodeHome.isRoot()) {
      findings.add(
          trial(
              "overlayfs",
              "mount -t tmpfs none /mnt && mkdir /mnt/l /mnt/u /mnt/w /mnt/m && mount -t overlay"
                  + " -o lowerdir=/mnt/l,upperdir=/mnt/u,workdir=/mnt/w overlay /mnt/m",
              "load it: modprobe overlay"));
      if (Program.isInstalled("ip")) {
        findings.add(trial("bridge", "ip link add mn0 type bridge", "modprobe bridge"));
        findings.add(trial("veth", "ip link add mn1 type veth peer name mn2", "modprobe veth"));
      }
      findings.add(
          trial(
              "nftables NAT",
              "nft 'add table ip mn; add chain ip mn c { type nat hook postrouting priority 100 ; };"
                  + " add rule ip mn c masquerade'",
              "apt-get install nftables; modprobe nf_tables nft_masq nft_chain_nat"));
    }
    findings.add(seccomp());
    findings.add(cgroups());
    return findings;
  }

  private static Finding trial(String subject, String script, String remedy) {
    Finished tried = Program.of("unshare", "--mount", "--net", "sh", "-c", script).run();
    return tried.succeeded()
        ? Finding.ok(subject, "works")
        : Finding.fail(subject, tried.output().strip(), remedy);
  }

  private static Finding seccomp() {
    String actions = ProcFile.text("/proc/sys/kernel/seccomp/actions_avail");
    return actions.contains("errno")
        ? Finding.ok("seccomp", "filters available")
        : Finding.fail("seccomp", "no filters", "use a kernel with CONFIG_SECCOMP_FILTER");
  }

  private static Finding cgroups() {
    String mounts = ProcFile.text("/proc/mounts");
    boolean first = mounts.lines().anyMatch(line -> line.contains(" cgroup "));
    boolean second = mounts.lines().anyMatch(line -> line.contains(" cgroup2 "));
    if (first) {
      return Finding.ok("cgroups", second ? "v1, with v2 beside it (hybrid)" : "v1");
    }
    return second
        ? Finding.ok("cgroups", "v2: " + ProcFile.text("/sys/fs/cgroup/cgroup.controllers"))
        : Finding.fail("cgroups", "none mounted", "mount -t cgroup2 none /sys/fs/cgroup");
  }
}
