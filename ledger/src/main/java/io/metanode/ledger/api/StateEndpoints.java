package io.metanode.ledger.api;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.service.Ledger;
import io.metanode.ledger.state.Account;
import io.metanode.ledger.state.Anchor;
import io.metanode.ledger.state.AssetMachine;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.StateKey;
import io.metanode.ledger.transaction.AccountId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/accounts}, {@code /v1/anchors}, {@code /v1/validators}, {@code /v1/state}. */
final class StateEndpoints implements Endpoints {

  private final Ledger ledger;
  private final StateAnswer answers;

  StateEndpoints(Ledger ledger) {
    this.ledger = ledger;
    answers = new StateAnswer(ledger);
  }

  @Override
  public boolean answer(Call call) throws IOException, Problem {
    List<String> path = call.path();
    if (path.size() < 2 || !path.get(0).equals("v1") || !call.method().equals("GET")) {
      return false;
    }
    switch (path.get(1) + " " + path.size()) {
      case "accounts 3" -> account(call, path.get(2));
      case "anchors 2" -> anchor(call);
      case "validators 2" -> validators(call);
      case "state 3" ->
          answers.prove(call, new StateKey(Call.hash(path.get(2), "a state key")), Json.object());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void account(Call call, String text) throws IOException, Problem {
    AccountId id = new AccountId(Call.hash(text, "an account"));
    StateKey key = StateKey.account(id);
    LedgerState state = ledger.state();
    Optional<Account> account = answers.value(key, Account.class);
    ObjectNode json = StateJson.of(account.orElse(Account.NEW));
    json.put("account", id.toString())
        .put("exists", account.isPresent())
        .put("height", state.head().height());
    answers.answer(call, key, json);
  }

  private void anchor(Call call) throws IOException, Problem {
    Bytes origin = LogEndpoints.origin(call);
    StateKey key = StateKey.anchor(origin);
    Anchor anchor =
        answers
            .value(key, Anchor.class)
            .orElseThrow(() -> Problem.notFound("no log of this origin was anchored"));
    answers.answer(call, key, StateJson.of(anchor).put("origin", StateJson.text(origin)));
  }

  private void validators(Call call) throws IOException {
    LedgerState state = ledger.state();
    ObjectNode json = Json.object().put("height", state.head().height());
    json.set("terms", StateJson.of(AssetMachine.plan(state.state())));
    call.answer(200, json);
  }
}
