package io.metanode.comparison;

import io.metanode.cli.ledger.Localnet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Nodes of one network in this process, which gossip over loopback. */
final class HieroNodes {

  /** How long a node that starts looks for more recent events than it knows; 10 s by default. */
  private static final Map<String, String> SOON =
      Map.of("platformStatus.observingStatusDelay", "500ms");

  private static final int PATIENCE_SECONDS = 120;

  private HieroNodes() {}

  /** Starts a node for each application; all take part in consensus when this returns. */
  static List<HieroNode> start(Path directory, List<? extends Application<?>> applications)
      throws IOException {
    HieroNetwork network = new HieroNetwork(Localnet.freePorts(applications.size()));
    List<HieroNode> nodes = new ArrayList<>();
    for (int i = 0; i < applications.size(); i++) {
      Path own = directory.resolve("hiero" + i);
      nodes.add(new HieroNode(network, i, own, SOON, applications.get(i)));
    }
    nodes.forEach(node -> node.active().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    return nodes;
  }
}
