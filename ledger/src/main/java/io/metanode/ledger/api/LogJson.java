package io.metanode.ledger.api;

import io.metanode.foundation.Encoder;
import io.metanode.ledger.LogBlock;
import io.metanode.ledger.SignedLogBlock;
import io.metanode.ledger.UsageSums;
import io.metanode.ledger.state.KeptLogBlock;
import io.metanode.ledger.state.LogFork;
import io.metanode.ledger.state.LogHead;
import tools.jackson.databind.node.ObjectNode;

/** Logs and their LogBlocks in JSON; usage in millionths, as decimal strings. */
final class LogJson {

  private LogJson() {}

  static ObjectNode of(LogHead head) {
    return Json.object()
        .put("owner", head.owner().toString())
        .put("key", head.key().toString())
        .put("number", head.number())
        .put("digest", head.digest().toString())
        .put("size", head.size())
        .put("root", head.root().toString())
        .put("height", head.height())
        .put("forked", head.forked());
  }

  static ObjectNode of(KeptLogBlock accepted) {
    return of(accepted.signed())
        .put("timeMillis", accepted.timeMillis())
        .put("height", accepted.height());
  }

  static ObjectNode of(LogFork fork) {
    ObjectNode json = Json.object().put("height", fork.height());
    json.set("accepted", of(fork.accepted()));
    json.set("other", of(fork.other()));
    return json;
  }

  private static ObjectNode of(SignedLogBlock signed) {
    LogBlock block = signed.block();
    Encoder encoded = new Encoder(512);
    signed.encode(encoded);
    ObjectNode json =
        Json.object()
            .put("origin", StateJson.text(block.origin()))
            .put("number", block.number())
            .put("digest", block.digest().toString())
            .put("from", block.from())
            .put("to", block.to())
            .put("root", block.root().toString());
    json.set("usage", of(block.usage()));
    return json.put("owner", block.owner().toString())
        .put("key", block.key().toString())
        .put("nextKey", block.nextKey().toString())
        .put("encoded", encoded.toBytes().toString());
  }

  static ObjectNode of(UsageSums usage) {
    return Json.object()
        .put("cpu_ms", Long.toString(usage.cpuMs()))
        .put("egress_mb", Long.toString(usage.egressMb()))
        .put("memory_mb_s", Long.toString(usage.memoryMbS()))
        .put("receipts_count", Long.toString(usage.receiptsCount()))
        .put("storage_gb_day", Long.toString(usage.storageGbDay()));
  }
}
