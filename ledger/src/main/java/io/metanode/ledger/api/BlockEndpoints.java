package io.metanode.ledger.api;

import io.metanode.foundation.DecodingException;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.BlockId;
import io.metanode.ledger.block.BlockSeal;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.service.Ledger;
import io.metanode.ledger.state.TransactionResult;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/blocks}: by height, by id, or the latest. */
final class BlockEndpoints implements Endpoints {

  private final Ledger ledger;

  BlockEndpoints(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public boolean answer(Call call) throws IOException, Problem {
    List<String> path = call.path();
    if (path.size() != 3 || !path.get(0).equals("v1") || !path.get(1).equals("blocks")) {
      return false;
    }
    if (!call.method().equals("GET")) {
      throw Problem.wrongMethod("GET a block");
    }
    SealedBlock block =
        find(path.get(2)).orElseThrow(() -> Problem.notFound("no block " + path.get(2) + " here"));
    if (call.flag("binary")) {
      call.answer(200, "application/octet-stream", block.encode().toArray());
    } else {
      call.answer(200, json(block, call.flag("transactions")));
    }
    return true;
  }

  private Optional<SealedBlock> find(String name) throws IOException, Problem {
    if (name.equals("latest")) {
      return ledger.block(ledger.height());
    }
    if (name.matches("[0-9]{1,18}")) {
      return ledger.block(Long.parseLong(name));
    }
    return ledger.block(new BlockId(Call.hash(name, "a block's id")));
  }

  private ObjectNode json(SealedBlock sealed, boolean whole) throws IOException {
    Block block = sealed.block();
    ObjectNode json = header(block.header());
    seal(sealed).ifPresent(seal -> json.set("seal", seal));
    ArrayNode list = json.putArray("transactions");
    List<TransactionResult> results = ledger.results(block.header().height());
    for (int i = 0; i < block.transactions().size(); i++) {
      ObjectNode one =
          whole
              ? TransactionJson.of(block.transactions().get(i))
              : Json.object().put("id", block.transactions().get(i).id().toString());
      list.add(one.put("result", TransactionJson.result(results.get(i).code(), ledger.module())));
    }
    json.put("evidence", block.body().evidence().size());
    return json;
  }

  private static ObjectNode header(BlockHeader header) {
    return Json.object()
        .put("height", header.height())
        .put("id", header.id().toString())
        .put("parent", header.parent().toString())
        .put("round", header.round())
        .put("timeMillis", header.timeMillis())
        .put("proposer", header.proposer().toString())
        .put("transactionCount", header.contents().transactionCount())
        .put("transactionRoot", header.contents().transactionRoot().toString())
        .put("priorStateRoot", header.prior().stateRoot().toString())
        .put("priorResultsRoot", header.prior().resultsRoot().toString())
        .put("validators", header.prior().validators().toString())
        .put("tick", header.ticks().value().toString())
        .put("encoded", header.encode().toString());
  }

  private static Optional<ObjectNode> seal(SealedBlock sealed) {
    try {
      BlockSeal seal = BlockSeal.decode(sealed.certificate());
      return Optional.of(
          Json.object()
              .put("round", seal.round().value())
              .put("signers", seal.signers().toString())
              .put("aggregate", HexFormat.of().formatHex(seal.aggregate().bytes()))
              .put("encoded", sealed.certificate().toString()));
    } catch (DecodingException e) {
      return Optional.empty();
    }
  }
}
