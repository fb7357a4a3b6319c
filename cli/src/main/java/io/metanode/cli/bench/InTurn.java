package io.metanode.cli.bench;

import io.metanode.cli.Program;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measures workloads on two engines, A B A B, and tells the figures.
 *
 * @param json where they go, by name
 * @param out where they are printed
 */
record InTurn(Program docklock, Program dockerd, ObjectNode json, PrintStream out) {

  /**
   * @param names of what the workload measures
   * @param warmUp pairs that are run and forgotten
   * @param pairs pairs that count
   */
  void measure(List<String> names, Workload workload, int warmUp, int pairs) {
    List<Samples> samples = new ArrayList<>();
    names.forEach(_ -> samples.add(new Samples()));
    for (int i = -warmUp; i < pairs; i++) {
      double[] first = workload.millis(docklock);
      double[] second = workload.millis(dockerd);
      for (int part = 0; i >= 0 && part < names.size(); part++) {
        samples.get(part).add(first[part], second[part]);
      }
      int done = i + warmUp + 1;
      if (done % 10 == 0) {
        System.err.printf("  %s: %d of %d%n", String.join(", ", names), done, pairs + warmUp);
      }
    }
    for (int part = 0; part < names.size(); part++) {
      print(names.get(part), samples.get(part));
      json.set(names.get(part), samples.get(part).json());
    }
  }

  private void print(String name, Samples samples) {
    out.printf(
        Locale.ROOT,
        "%-9s DockLock %.1f ms, dockerd %.1f ms: %.1f times as fast (median of pair ratios %.1f)%n",
        name,
        samples.first(0.5),
        samples.second(0.5),
        samples.ratioOfMedians(),
        samples.medianOfRatios());
  }
}
