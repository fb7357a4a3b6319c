package io.metanode.ledger.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.service.Ledger;
import io.metanode.ledger.state.Account;
import io.metanode.ledger.state.Anchor;
import io.metanode.ledger.state.AssetMachine;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.Operation;
import io.metanode.ledger.state.StateKey;
import io.metanode.ledger.state.StoredValue;
import io.metanode.ledger.transaction.AccountId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/accounts}, {@code /v1/anchors}, {@code /v1/validators}, {@code /v1/state}. */
final class StateEndpoints implements Endpoints {

  private final Ledger ledger;

  StateEndpoints(Ledger ledger) {
    this.ledger = ledger;
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
          prove(call, new StateKey(Call.hash(path.get(2), "a state key")), Json.object());
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
    Optional<Account> account = value(state, key, Account.class);
    ObjectNode json = StateJson.of(account.orElse(Account.NEW));
    json.put("account", id.toString())
        .put("exists", account.isPresent())
        .put("height", state.head().height());
    answer(call, key, json);
  }

  private void anchor(Call call) throws IOException, Problem {
    String origin =
        call.query("origin").orElseThrow(() -> Problem.badRequest("origin names the log"));
    byte[] bytes = origin.getBytes(US_ASCII);
    if (bytes.length == 0 || bytes.length > Operation.MAX_ORIGIN) {
      throw Problem.badRequest("an origin has 1 to " + Operation.MAX_ORIGIN + " characters");
    }
    StateKey key = StateKey.anchor(Bytes.of(bytes));
    Anchor anchor =
        value(ledger.state(), key, Anchor.class)
            .orElseThrow(() -> Problem.notFound("no log of this origin was anchored"));
    answer(call, key, StateJson.of(anchor).put("origin", origin));
  }

  private static <T extends StoredValue> Optional<T> value(
      LedgerState state, StateKey key, Class<T> type) {
    return state.state().get(key).map(encoded -> StoredValue.read(encoded, type));
  }

  private void validators(Call call) throws IOException {
    LedgerState state = ledger.state();
    ObjectNode json = Json.object().put("height", state.head().height());
    json.set("terms", StateJson.of(AssetMachine.plan(state.state())));
    call.answer(200, json);
  }

  private void answer(Call call, StateKey key, ObjectNode json) throws IOException, Problem {
    if (call.flag("proof")) {
      prove(call, key, json);
    } else {
      call.answer(200, json);
    }
  }

  private void prove(Call call, StateKey key, ObjectNode json) throws IOException, Problem {
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
