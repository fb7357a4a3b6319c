package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.process.Finished;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.Step;
import io.metanode.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bills of a real node: containers run by the docker client, paid for by the kernel's counts. */
final class BillIT {

  private static final String IMAGE = "metanode/bill:latest";
  private static final String POLICY =
      """
      version: 1
      default: allow
      rules:
        - name: poor-credit
          effect: deny
          operations: [container.create, container.start]
          attributes: {tenant: poor}
          atLeast: {owed: 0.00015}
          reason: pay first
      """;

  @TempDir(cleanup = CleanupMode.NEVER)
  Path home;

  private TestNode node = new TestNode(Path.of("/nonexistent"));

  @BeforeEach
  void start() throws Exception {
    node = TestNode.under(POLICY, home, IMAGE);
  }

  @AfterEach
  void stop() throws Exception {
    if (Files.exists(home.resolve("node.lock"))) {
      node.close();
    }
  }

  private Finished run(String tenant, String... command) {
    List<String> words = new ArrayList<>(List.of("run", "--rm"));
    words.addAll(List.of("--label", "io.metanode.tenant=" + tenant));
    words.addAll(List.of("--label", "io.metanode.app=test", IMAGE));
    words.addAll(List.of(command));
    return node.docker().run(words.toArray(String[]::new));
  }

  /** Waits until the log's checkpoint covers all receipts. */
  private void published() throws Exception {
    Eventually.holds(
        "everything is published",
        () -> {
          LogReader log = node.receipts();
          return log.published() == log.size();
        });
  }

  @Test
  void aTenantVerifiesItsBillWithTheLogAndWithItsExcerpt() throws Exception {
    assertTrue(
        run("acme", "sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done").succeeded());
    assertTrue(run("zen", "true").succeeded());
    published();
    Path bill = home.resolve("acme.json");
    node.output("bill", "show", "--tenant", "acme", "-o", "json", "--file", bill.toString());
    JsonNode line =
        new JsonMapper()
            .readTree(Files.readString(bill))
            .path("settlements")
            .path(0)
            .path("lines")
            .path(0);
    assertEquals("test", line.path("app").asString());
    assertTrue(Long.parseLong(line.path("usage").path("cpu_ms").asString()) > 0, line + "");
    Finished whole = node.run("bill", "verify", bill.toString());
    assertTrue(whole.succeeded(), whole.output());

    Path bundle = home.resolve("acme.bundle");
    node.output("bill", "export", "--tenant", "acme", "--file", bundle.toString());
    String keys = home.resolve("receipts/log.vkey").toString();
    String[] verify = {
      "bill", "verify", bill.toString(), "--bundle", bundle.toString(), "--key", keys
    };
    Finished excerpt = node.run(verify);
    assertTrue(excerpt.succeeded(), excerpt.output());
    String json = Files.readString(bill);
    Files.writeString(bill, json.replaceFirst("\"cpu_ms\":\"", "\"cpu_ms\":\"1"));
    Finished dearer = node.run(verify);
    assertEquals(1, dearer.exitCode());
    assertTrue(
        dearer.output().contains("WRONG /settlements/0/lines/0/usage/cpu_ms"), dearer.output());

    assertFalse(node.run("bill", "show").succeeded(), "two tenants: one must be named");
    String meter = node.output("bill", "meter", "--tenant", "zen");
    assertTrue(meter.contains("Tenant zen") && !meter.contains("acme"), meter);
    Path pdf = home.resolve("acme.pdf");
    node.output("bill", "show", "--tenant", "acme", "-o", "pdf", "--file", pdf.toString());
    assertTrue(
        Files.readString(pdf, java.nio.charset.StandardCharsets.ISO_8859_1).startsWith("%PDF-"));
  }

  @Test
  void whoOwesTooMuchStartsNothingMore() throws Exception {
    assertTrue(run("poor", "true").succeeded());
    published();
    Finished second = run("poor", "true");
    assertNotEquals(0, second.exitCode());
    assertTrue(second.output().contains("poor-credit: pay first"), second.output());
    assertTrue(run("acme", "true").succeeded(), "another tenant goes on");
    LogReader log = node.receipts();
    List<Step> denied = new ArrayList<>();
    for (long index = 0; index < log.size(); index++) {
      Step step = log.receipt(index).step();
      if (!step.verdict().allowed()) {
        denied.add(step);
      }
    }
    assertEquals(1, denied.size());
    assertEquals("poor-credit", denied.getFirst().verdict().rule());
    assertEquals("poor", denied.getFirst().account().orElseThrow().tenant());
  }

  @Test
  void labelsThatAreNoNamesAreRefused() {
    Finished hostile = run("../../etc", "true");
    assertNotEquals(0, hostile.exitCode());
    assertTrue(hostile.output().contains("label io.metanode.tenant must be"), hostile.output());
  }
}
