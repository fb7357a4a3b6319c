package io.metanode.ledger.api;

import io.metanode.ledger.LedgerModule;
import io.metanode.ledger.service.Ledger;
import io.metanode.ledger.state.AssetMachine;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.StateKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/<module>/…}: what the chain's module says of itself. */
final class ModuleEndpoints implements Endpoints {

  private final Ledger ledger;

  ModuleEndpoints(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public boolean answer(Call call) throws IOException, Problem {
    List<String> path = call.path();
    LedgerModule module = ledger.module();
    if (path.size() < 3 || !path.get(0).equals("v1") || !path.get(1).equals(module.name())) {
      return false;
    }
    if (!call.method().equals("GET")) {
      throw Problem.wrongMethod("GET what is there; a transaction changes it");
    }
    LedgerState state = ledger.state();
    List<String> rest = path.subList(2, path.size());
    LedgerModule.Found found =
        module
            .find(rest, AssetMachine.read(state.state()))
            .orElseThrow(
                () -> Problem.notFound("no " + String.join("/", rest) + " in " + module.name()));
    ObjectNode json = Json.of(found.json());
    json.put("height", state.head().height());
    if (call.flag("proof")) {
      json.set("proof", proof(found.entry()));
    }
    call.answer(200, json);
    return true;
  }

  private ObjectNode proof(Optional<LedgerModule.Place> entry) throws IOException, Problem {
    LedgerModule.Place place =
        entry.orElseThrow(() -> Problem.badRequest("that is made of many values: ask for one"));
    return ProofJson.of(
        ledger.genesis(),
        ledger.changes(),
        ledger
            .prove(StateKey.module(place.namespace(), place.key()))
            .orElseThrow(() -> Problem.notFound("no block was decided here yet")));
  }
}
