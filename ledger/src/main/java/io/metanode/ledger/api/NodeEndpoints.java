package io.metanode.ledger.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.metanode.crypto.NativeLanes;
import io.metanode.foundation.Clock;
import io.metanode.ledger.peers.LinkStatus;
import io.metanode.ledger.replica.SnapshotFile;
import io.metanode.ledger.service.HostFigures;
import io.metanode.ledger.service.Ledger;
import io.metanode.ledger.service.Stage;
import io.metanode.ledger.state.LedgerState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a validator says of itself: status, health, metrics, genesis, snapshot. */
final class NodeEndpoints implements Endpoints {

  private static final int SNAPSHOT_BITS = 8;

  private final Ledger ledger;
  private final Supplier<List<LinkStatus>> links;
  private final String version;
  private final Instant startedAt;

  NodeEndpoints(Ledger ledger, Supplier<List<LinkStatus>> links, String version, Clock clock) {
    this.ledger = ledger;
    this.links = links;
    this.version = version;
    this.startedAt = clock.now();
  }

  @Override
  public boolean answer(Call call) throws IOException, Problem {
    switch (call.method() + " /" + String.join("/", call.path())) {
      case "GET /health" -> health(call);
      case "GET /metrics" ->
          call.answer(200, "text/plain; version=0.0.4", metrics().getBytes(UTF_8));
      case "GET /v1/status" -> call.answer(200, status());
      case "GET /v1/status/stages" -> call.answer(200, statusWithStages());
      case "GET /v1/genesis" ->
          call.answer(200, "application/octet-stream", ledger.genesis().encode().toArray());
      case "GET /v1/snapshot" -> snapshot(call);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void health(Call call) throws IOException, Problem {
    if (ledger.failure().isPresent()) {
      throw Problem.stopped(String.valueOf(ledger.failure().get().getMessage()));
    }
    call.answer(200, Json.object().put("status", "ok").put("height", ledger.height()));
  }

  private ObjectNode status() throws IOException {
    LedgerState state = ledger.state();
    HostFigures figures = ledger.figures();
    ObjectNode json =
        Json.object()
            .put("version", version)
            .put("chain", ledger.genesis().chain().toString())
            .put("genesis", ledger.genesis().digest().toString())
            .put("validator", HexFormat.of().formatHex(ledger.key().bytes()))
            .put("startedAt", startedAt.toString())
            .put("height", state.head().height())
            .put("firstBlock", ledger.first())
            .put("head", state.head().id().toString())
            .put("headTimeMillis", state.head().timeMillis())
            .put("stateRoot", state.state().root().toString())
            .put("leastFeeBase", ledger.genesis().parameters().fees().base())
            .put("leastFeePerByte", ledger.genesis().parameters().fees().perByte())
            .put("waiting", figures.waiting())
            .put("queued", figures.queued())
            .put("blocks", figures.blocks())
            .put("transactions", figures.transactions())
            .put("signatureChecks", figures.checks())
            .put("verifier", NativeLanes.inUse().toString());
    ledger.failure().ifPresent(reason -> json.put("failure", String.valueOf(reason.getMessage())));
    json.putObject("cpuMicros").put("process", figures.processCpuNanos() / 1_000);
    ArrayNode peers = json.putArray("peers");
    for (LinkStatus link : links.get()) {
      peers
          .addObject()
          .put("id", link.peer().key().hex())
          .put("queuedBytes", link.queuedBytes())
          .put("droppedFrames", link.droppedFrames())
          .put("sentBytes", link.sentBytes())
          .put("receivedBytes", link.receivedBytes());
    }
    return json;
  }

  /** Asks the kernel for each thread's time: not for those who look every second. */
  private ObjectNode statusWithStages() throws IOException {
    ObjectNode json = status();
    ObjectNode cpu = (ObjectNode) json.required("cpuMicros");
    Stage.nanos()
        .forEach((stage, nanos) -> cpu.put(stage.name().toLowerCase(Locale.ROOT), nanos / 1_000));
    return json;
  }

  private String metrics() {
    HostFigures figures = ledger.figures();
    return """
        # TYPE metanode_ledger_height gauge
        metanode_ledger_height %d
        # TYPE metanode_ledger_blocks_total counter
        metanode_ledger_blocks_total %d
        # TYPE metanode_ledger_transactions_total counter
        metanode_ledger_transactions_total %d
        # TYPE metanode_ledger_waiting_transactions gauge
        metanode_ledger_waiting_transactions %d
        # TYPE metanode_ledger_queued_events gauge
        metanode_ledger_queued_events %d
        # TYPE metanode_ledger_signature_checks_total counter
        metanode_ledger_signature_checks_total %d
        # TYPE metanode_ledger_peers gauge
        metanode_ledger_peers %d
        # TYPE metanode_ledger_failed gauge
        metanode_ledger_failed %d
        """
        .formatted(
            ledger.height(),
            figures.blocks(),
            figures.transactions(),
            figures.waiting(),
            figures.queued(),
            figures.checks(),
            links.get().size(),
            ledger.failure().isPresent() ? 1 : 0);
  }

  private void snapshot(Call call) throws IOException, Problem {
    Ledger.Snapshot snapshot =
        ledger
            .snapshot(SNAPSHOT_BITS)
            .orElseThrow(() -> Problem.notFound("two blocks must be decided here first"));
    Path directory = Files.createTempDirectory("metanode-snapshot");
    Path file = directory.resolve("snapshot");
    try {
      SnapshotFile.write(file, snapshot.offer(), snapshot.ledger());
      try (OutputStream out = call.stream("application/octet-stream", Files.size(file))) {
        Files.copy(file, out);
      }
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory);
    }
  }
}
