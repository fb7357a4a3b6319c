package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.ApiException;
import io.metanode.receipts.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Limits changed while containers run, rest, and come back from a crash. */
final class UpdatingTest {

  private static final long MIB = 1L << 20;

  @TempDir Path directory;
  private EngineHarness node;

  @BeforeEach
  void open() throws IOException {
    node = new EngineHarness(directory);
  }

  private void update(Container container, String body) throws ApiException, IOException {
    node.engine()
        .update(EngineHarness.CLIENT, container, JsonMapper.builder().build().readTree(body));
  }

  @Test
  void limitsAreSetAtOnceAndAgainAfterACrash() throws Exception {
    Container container = node.started("{\"Memory\":67108864}");
    var digest = container.definition().digest();
    update(container, "{\"Memory\":33554432,\"RestartPolicy\":{\"Name\":\"always\"}}");
    assertTrue(node.host.calls().contains("limit " + 32 * MIB));
    node.kill();
    node.reopen();
    Container found = node.current(container);
    assertEquals(2, Collections.frequency(node.host.calls(), "limit " + 32 * MIB));
    assertEquals(32 * MIB, found.definition().hostConfig().memoryBytes());
    assertEquals("always", found.state().restartPolicy().name());
    assertEquals(digest, found.definition().digest());
  }

  @Test
  void aStoppedContainerIsLimitedByItsNextStart() throws Exception {
    Container container = node.create("cc", "{\"Memory\":67108864}");
    update(container, "{\"Memory\":33554432,\"PidsLimit\":7}");
    assertTrue(node.host.calls().stream().noneMatch(call -> call.startsWith("limit")));
    node.reopen();
    assertEquals(7, node.current(container).definition().hostConfig().pidsLimit().orElseThrow());
  }

  @Test
  void whatTheKernelRefusesChangesNothing() throws Exception {
    Container container = node.started("{\"Memory\":67108864}");
    node.host.holds(40 * MIB);
    ApiException refused =
        assertThrows(ApiException.class, () -> update(container, "{\"Memory\":33554432}"));
    assertEquals(500, refused.status());
    assertTrue(refused.getMessage().contains("unable to set memory limit"));
    assertEquals(64 * MIB, container.definition().hostConfig().memoryBytes());
    assertTrue(node.receipts.steps().getLast().outcome() instanceof Outcome.Failed);
    node.reopen();
    assertEquals(64 * MIB, node.current(container).definition().hostConfig().memoryBytes());
  }

  @Test
  void contradictionsAreRefused() throws Exception {
    Container container = node.started("{\"NanoCpus\":500000000}");
    assertEquals(
        409,
        assertThrows(ApiException.class, () -> update(container, "{\"CpuPeriod\":50000}"))
            .status());
    assertEquals(
        400, assertThrows(ApiException.class, () -> update(container, "{\"Memory\":1}")).status());
  }
}
