package io.metanode.cli.doctor;

import io.metanode.cli.NodeHome;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Looks over the host. Exit code 1 if something the node needs is missing. */
@Command(name = "doctor", description = "Check what this host has and lacks, and what to do.")
public final class DoctorCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(ProcessChecks.run());
    findings.addAll(KernelChecks.run());
    findings.addAll(ToolChecks.run());
    findings.addAll(HostChecks.run(NodeHome.fromEnvironment()));
    PrintStream out = System.out;
    for (Finding finding : findings) {
      out.printf(
          "%-5s %-17s %s%n",
          finding.level().name().toLowerCase(Locale.ROOT), finding.subject(), finding.found());
      if (!finding.remedy().isEmpty()) {
        out.printf("%-5s %-17s → %s%n", "", "", finding.remedy());
      }
    }
    boolean failed = findings.stream().anyMatch(f -> f.level() == Finding.Level.FAIL);
    out.println(failed ? "Something the node needs is missing." : "The node can run here.");
    return failed ? 1 : 0;
  }
}
