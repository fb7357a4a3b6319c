package io.metanode.comparison;

import io.metanode.cli.CommandException;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerLoad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;

/**
 * What one run of a contender measured.
 *
 * @param tps transactions final and applied a second, as clients heard of them
 * @param failed with any other end
 * @param cpuMicros processor time of a validator for each transaction it applied, mean of all
 * @param checks signatures a validator checked for each transaction
 */
record Trial(
    double tps,
    long failed,
    boolean exhausted,
    double p50Millis,
    double p99Millis,
    double maxMillis,
    double cpuMicros,
    double checks) {

  static Trial of(Contender.Running running, LedgerLoad load, Duration warmUp, Duration measured)
      throws IOException {
    List<URI> urls = running.urls();
    List<JsonNode> before = new ArrayList<>();
    LedgerLoad.Measured figures =
        load.run(
            urls,
            warmUp,
            measured,
            List.of(
                new LedgerLoad.Event(
                    Duration.ZERO, () -> before.addAll(unchecked(urls, "/v1/status")))));
    List<JsonNode> after = ask(urls, "/v1/status");
    agree(urls, after);
    Histogram latency = figures.latency();
    return new Trial(
        figures.applied() * 1e9 / figures.nanos(),
        figures.failed(),
        figures.exhausted(),
        latency.getValueAtPercentile(50) / 1e3,
        latency.getValueAtPercentile(99) / 1e3,
        latency.getMaxValue() / 1e3,
        each(before, after, status -> status.required("cpuMicros").required("process").asLong()),
        each(before, after, status -> status.required("signatureChecks").asLong()));
  }

  private static List<JsonNode> unchecked(List<URI> urls, String path) {
    try {
      return ask(urls, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> ask(List<URI> urls, String path) throws IOException {
    List<JsonNode> answers = new ArrayList<>();
    for (URI url : urls) {
      try (LedgerClient client = new LedgerClient(url)) {
        answers.add(client.get(path));
      }
    }
    return answers;
  }

  /** All have the same at the height that all have reached. */
  private static void agree(List<URI> urls, List<JsonNode> statuses) throws IOException {
    long common = statuses.stream().mapToLong(s -> s.required("height").asLong()).min().orElse(0);
    long different =
        ask(urls, "/v1/blocks/" + common).stream()
            .map(block -> block.required("id").asString())
            .distinct()
            .count();
    if (different != 1) {
      throw new CommandException("the validators differ at height " + common);
    }
  }

  private interface Count {
    long of(JsonNode status);
  }

  private static double each(List<JsonNode> before, List<JsonNode> after, Count count) {
    double all = 0;
    for (int i = 0; i < after.size(); i++) {
      long transactions = delta(i, before, after, s -> s.required("transactions").asLong());
      all += (double) delta(i, before, after, count) / Math.max(1, transactions);
    }
    return all / after.size();
  }

  private static long delta(int i, List<JsonNode> before, List<JsonNode> after, Count count) {
    return count.of(after.get(i)) - count.of(before.get(i));
  }
}
