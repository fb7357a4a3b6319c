package io.metanode.cli.doctor;

import io.metanode.cli.EngineClient;
import io.metanode.cli.NodeHome;
import io.metanode.cli.NodeState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The room there is, the node's own state, and others who share the host. */
final class HostChecks {

  private static final long ENOUGH_BYTES = 2_000_000_000L;
  private static final long LEAST_BYTES = 100_000_000L;

  private HostChecks() {}

  static List<Finding> run(NodeHome home) {
    List<Finding> findings = new ArrayList<>();
    findings.add(space(home));
    findings.add(node(home));
    if (NodeHome.isRoot()) {
      findings.add(forwarding());
      findings.add(ForwardPolicy.check());
    }
    return findings;
  }

  private static Finding space(NodeHome home) {
    Path there =
        Stream.iterate(home.directory(), Path::getParent).filter(Files::exists).findFirst().get();
    try {
      long free = Files.getFileStore(there).getUsableSpace();
      String found = "%.1f GB free at %s".formatted(free / 1e9, home.directory());
      String remedy = "free some, or set METANODE_HOME to a larger disk";
      if (free < LEAST_BYTES) {
        return Finding.fail("disk", found, remedy);
      }
      return free < ENOUGH_BYTES ? Finding.warn("disk", found, remedy) : Finding.ok("disk", found);
    } catch (IOException e) {
      return Finding.fail("disk", "cannot look at " + there + ": " + e.getMessage(), "see why");
    }
  }

  private static Finding node(NodeHome home) {
    return switch (NodeState.of(home)) {
      case NodeState.Stopped() -> Finding.ok("node", "not running on " + home.directory());
      case NodeState.Starting(long pid) -> Finding.ok("node", "process " + pid + " is starting");
      case NodeState.Running(var facts) -> {
        try {
          new EngineClient(facts.dockerSocket()).request("GET", "/_ping");
          yield Finding.ok("node", "running, answers on " + facts.dockerSocket());
        } catch (IOException e) {
          yield Finding.fail("node", e.getMessage() + "", "metanode logs; metanode down; up again");
        }
      }
    };
  }

  private static Finding forwarding() {
    return ProcFile.text("/proc/sys/net/ipv4/ip_forward").equals("1")
        ? Finding.ok("ip_forward", "on")
        : Finding.ok("ip_forward", "off; the node turns it on for bridge networks");
  }
}
