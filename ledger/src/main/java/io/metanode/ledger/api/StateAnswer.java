package io.metanode.ledger.api;

import io.metanode.ledger.service.Ledger;
import io.metanode.ledger.state.StateKey;
import io.metanode.ledger.state.StoredValue;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Answers with a value of the newest state, and with its proof if the caller asks for one. */
record StateAnswer(Ledger ledger) {

  <T extends StoredValue> Optional<T> value(StateKey key, Class<T> type) {
    return ledger.state().state().get(key).map(encoded -> StoredValue.read(encoded, type));
  }

  void answer(Call call, StateKey key, ObjectNode json) throws IOException, Problem {
    if (call.flag("proof")) {
      prove(call, key, json);
    } else {
      call.answer(200, json);
    }
  }

  void prove(Call call, StateKey key, ObjectNode json) throws IOException, Problem {
    json.set(
        "proof",
        ProofJson.of(
            ledger.genesis(),
            ledger.changes(),
            ledger
                .prove(key)
                .orElseThrow(() -> Problem.notFound("no block was decided here yet"))));
    call.answer(200, json);
  }
}
