package io.metanode.node.process;

import io.metanode.ledger.LedgerClient;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.Step;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How often the ledger's LogBlocks hold each receipt of a log, and where they tell another usage
 * than the receipts do.
 *
 * @param notBilled receipts that no LogBlock holds
 * @param twice receipts that more than one holds
 * @param wrong LogBlocks whose sums are not those of their receipts
 */
record PipelineCount(
    long receipts, long logBlocks, long notBilled, long twice, List<String> wrong) {

  PipelineCount {
    wrong = List.copyOf(wrong);
  }

  static PipelineCount of(LogReader log, LedgerClient client) throws IOException {
    String query = "origin=" + URLEncoder.encode(log.origin(), StandardCharsets.UTF_8);
    long newest = client.get("/v1/logs?" + query).required("number").asLong();
    int[] held = new int[Math.toIntExact(log.size())];
    List<String> wrong = new ArrayList<>();
    for (long number = 0; number <= newest; number++) {
      JsonNode block = client.get("/v1/logblocks?" + query + "&number=" + number);
      Usage sum = Usage.NONE;
      for (long i = block.required("from").asLong(); i < block.required("to").asLong(); i++) {
        held[Math.toIntExact(i)]++;
        sum = sum.plus(log.receipt(i).step().usage());
      }
      if (!sum.equals(usage(block.required("usage")))) {
        wrong.add("LogBlock " + number + " says " + block + ", its receipts " + sum);
      }
    }
    return new PipelineCount(
        held.length, newest + 1, count(held, 0, 0), count(held, 2, Integer.MAX_VALUE), wrong);
  }

  private static long count(int[] held, int least, int most) {
    return Arrays.stream(held).filter(times -> times >= least && times <= most).count();
  }

  /** The usage of all receipts that somebody pays for. */
  static Usage payable(LogReader log) throws IOException {
    Usage sum = Usage.NONE;
    for (long index = 0; index < log.size(); index++) {
      Step step = log.receipt(index).step();
      if (step.account().isPresent()) {
        sum = sum.plus(step.usage());
      }
    }
    return sum;
  }

  /** The usage of all lines of a bill. */
  static Usage billed(JsonNode bill) {
    Usage sum = Usage.NONE;
    for (JsonNode settlement : bill.required("settlements")) {
      for (JsonNode line : settlement.required("lines")) {
        sum = sum.plus(usage(line.required("usage")));
      }
    }
    return sum;
  }

  private static Usage usage(JsonNode json) {
    return new Usage(
        number(json, "cpu_ms"),
        number(json, "memory_mb_s"),
        number(json, "storage_gb_day"),
        number(json, "egress_mb"),
        number(json, "receipts_count"));
  }

  private static long number(JsonNode json, String name) {
    return Long.parseLong(json.required(name).asString());
  }
}
