package io.metanode.cli.doctor;

import io.metanode.cli.Program;
import io.metanode.cli.process.Finished;
import java.util.ArrayList;
import java.util.List;

/** The programs the node and its users need. */
final class ToolChecks {

  private ToolChecks() {}

  static List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    findings.add(tool("runc", "--version", true, "apt-get install runc"));
    findings.add(tool("nft", "--version", true, "apt-get install nftables"));
    findings.add(
        tool(
            "docker",
            "--version",
            false,
            "apt-get install docker-cli (or docker.io) for a client"));
    findings.add(tool("busybox", "--help", false, "apt-get install busybox-static"));
    return findings;
  }

  private static Finding tool(String name, String argument, boolean needed, String remedy) {
    if (!Program.isInstalled(name)) {
      return needed
          ? Finding.fail(name, "not on the PATH", remedy)
          : Finding.warn(name, "not on the PATH", remedy);
    }
    Finished asked = Program.of(name, argument).run();
    return Finding.ok(name, asked.output().lines().findFirst().orElse("present"));
  }
}
