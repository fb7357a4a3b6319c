package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.receipts.LogReader;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import io.metanode.receipts.Subject;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What clients were told has been done, to be counted against the log. */
final class Acknowledgements {

  private record Deed(String container, String operation) {}

  private final Map<Deed, Integer> deeds = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  void add(String container, String operation) {
    deeds.merge(new Deed(container, operation), 1, Integer::sum);
    count.incrementAndGet();
  }

  int count() {
    return count.get();
  }

  /** Every acknowledgement has a receipt of its own that says it was done. */
  void assertReceipted(LogReader log) throws IOException {
    assertEquals(Map.of(), missing(log));
  }

  /** What was acknowledged more often than it is receipted, and how often it is. */
  Map<String, String> missing(LogReader log) throws IOException {
    Map<Deed, Integer> receipts = receipts(log);
    Map<String, String> missing = new TreeMap<>();
    deeds.forEach(
        (deed, acknowledged) -> {
          int receipted = receipts.getOrDefault(deed, 0);
          if (receipted < acknowledged) {
            missing.put(
                deed.toString(), acknowledged + " acknowledged, " + receipted + " receipts");
          }
        });
    return missing;
  }

  private static Map<Deed, Integer> receipts(LogReader log) throws IOException {
    Map<Deed, Integer> receipts = new HashMap<>();
    for (long index = 0; index < log.size(); index++) {
      Step step = log.receipt(index).step();
      if (step.outcome() instanceof Outcome.Done) {
        for (Subject subject : step.subjects()) {
          if (subject.name().startsWith("container/")) {
            String id = subject.name().substring("container/".length());
            receipts.merge(new Deed(id, step.operation()), 1, Integer::sum);
          }
        }
      }
    }
    return receipts;
  }
}
