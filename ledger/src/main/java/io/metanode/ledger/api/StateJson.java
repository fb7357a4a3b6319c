package io.metanode.ledger.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.state.Account;
import io.metanode.ledger.state.Amounts;
import io.metanode.ledger.state.Anchor;
import io.metanode.ledger.state.Asset;
import io.metanode.ledger.state.ValidatorPlan;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Values of the state in JSON; amounts in minor units of 10⁻⁹. */
final class StateJson {

  private StateJson() {}

  static ObjectNode of(Account account) {
    ObjectNode json = Json.object().put("sequence", account.sequence());
    json.set("amounts", of(account.amounts()));
    return json;
  }

  static ObjectNode of(Amounts amounts) {
    ObjectNode json = Json.object();
    for (Asset asset : Asset.values()) {
      json.put(asset.name(), amounts.of(asset));
    }
    return json;
  }

  static ObjectNode of(Anchor anchor) {
    return Json.object()
        .put("owner", anchor.owner().toString())
        .put("size", anchor.size())
        .put("root", anchor.root().toString())
        .put("extensible", anchor.isExtensible())
        .put("height", anchor.height());
  }

  static ArrayNode of(ValidatorPlan plan) {
    ArrayNode terms = Json.array();
    for (ValidatorPlan.Term term : plan.terms()) {
      ObjectNode json = terms.addObject().put("from", term.from());
      ArrayNode members = json.putArray("validators");
      term.roster()
          .members()
          .forEach(
              member ->
                  members
                      .addObject()
                      .put("key", member.key().toString())
                      .put("sealKey", member.sealKey().toString()));
    }
    return terms;
  }

  static String text(Bytes ascii) {
    return new String(ascii.toArray(), US_ASCII);
  }
}
