package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.ApiException;
import io.metanode.receipts.Account;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who pays for a container, by its labels and by whoever makes it. */
class PayerTest {

  @TempDir Path directory;

  private EngineHarness harness;

  @BeforeEach
  void open() throws IOException {
    harness = new EngineHarness(directory);
  }

  private static Account of(String name, Map<String, String> labels) throws ApiException {
    return Payer.of(new Actor("unix", name, OptionalLong.of(7)), labels);
  }

  @Test
  void labelsSayWhoPaysElseWhoeverAsks() throws ApiException {
    assertEquals(new Account("root", "-"), of("root", Map.of("other", "label")));
    assertEquals(new Account("acme", "-"), of("root", Map.of(Payer.TENANT, "acme")));
    assertEquals(
        new Account("acme", "shop/web"),
        of("root", Map.of(Payer.TENANT, "acme", Payer.APP, "shop/web")));
    Account odd = of("CN=ci, O=Acme", Map.of());
    assertTrue(odd.tenant().startsWith("actor:"), odd.tenant());
    assertEquals(odd, of("CN=ci, O=Acme", Map.of()));
    assertTrue(!odd.equals(of("CN=ci, O=acme", Map.of())));
  }

  @Test
  void labelsThatAreNoNamesAreRefused() {
    for (String hostile :
        List.of("", "-", "_a", " a", "a b", "a\n", "a\u0000", "é", "a\"", "{", "a".repeat(129))) {
      for (String label : List.of(Payer.TENANT, Payer.APP)) {
        ApiException refused =
            assertThrows(ApiException.class, () -> of("root", Map.of(label, hostile)), hostile);
        assertEquals(400, refused.status());
      }
    }
  }

  @Test
  void everyReceiptOfAContainerSaysSoAlsoAfterARestart() throws Exception {
    Container container =
        harness.createWith("cc", "\"Labels\":{\"io.metanode.tenant\":\"acme\"},\"HostConfig\":{}");
    harness.engine().start(EngineHarness.CLIENT, container);
    harness.reopen();
    harness.stop(harness.current(container), 1);
    List<Step> steps = harness.receipts.steps();
    assertTrue(steps.size() >= 3, steps + "");
    for (Step step : steps) {
      assertEquals(Optional.of(new Account("acme", "-")), step.account(), step.operation());
    }
  }

  @Test
  void aHostileLabelMakesNoContainer() {
    ApiException refused =
        assertThrows(
            ApiException.class,
            () ->
                harness.createWith(
                    "cc", "\"Labels\":{\"io.metanode.app\":\"a b\"},\"HostConfig\":{}"));
    assertEquals(400, refused.status());
    assertEquals(List.of(), harness.receipts.names());
  }

  @Test
  void whatThePolicySlowsDownWaits() throws Exception {
    harness.slowDown(Duration.ofSeconds(5));
    Instant before = harness.clock.now();
    Container container = harness.create("cc", "{}");
    assertEquals(before.plusSeconds(5), harness.clock.now());
    harness.engine().start(EngineHarness.CLIENT, container);
    assertEquals(before.plusSeconds(10), harness.clock.now());
    harness.stop(container, 1);
    assertTrue(harness.clock.now().isBefore(before.plusSeconds(15)), "stopping is not slowed down");
    assertTrue(harness.receipts.steps().stream().allMatch(step -> step.verdict().allowed()));
  }
}
