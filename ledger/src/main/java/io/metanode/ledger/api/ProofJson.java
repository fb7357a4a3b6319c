package io.metanode.ledger.api;

import io.metanode.foundation.Encoder;
import io.metanode.ledger.light.RosterChange;
import io.metanode.ledger.service.Proof;
import io.metanode.ledger.state.Genesis;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Proofs in JSON: encodings in hexadecimal digits (docs/formats/ledger-api.md). */
final class ProofJson {

  /** The format's name. */
  static final String FORMAT = "metanode-ledger-proof-1";

  private ProofJson() {}

  /**
   * @param changes of the validators before what is proved
   */
  static ObjectNode of(Genesis genesis, List<RosterChange> changes, Proof proof) {
    ObjectNode json =
        Json.object().put("format", FORMAT).put("genesis", genesis.digest().toString());
    switch (proof) {
      case Proof.OfTransaction p -> {
        json.put("transaction", p.transaction().encoded().toString());
        json.set("block", sealed(p.block()));
        json.put("inclusion", p.inclusion().encode().toString());
        json.put("resultCode", p.code());
        json.put("resultInclusion", p.result().encode().toString());
        json.set("next", sealed(p.next()));
      }
      case Proof.OfState p -> {
        json.put("stateKey", p.key().toString());
        p.value()
            .ifPresentOrElse(
                value -> json.put("value", value.toString()), () -> json.putNull("value"));
        json.put("stateProof", p.proof().encode().toString());
        json.set("next", sealed(p.next()));
      }
    }
    ArrayNode list = json.putArray("changes");
    for (RosterChange change : changes) {
      Encoder out = new Encoder(1024);
      change.encode(out);
      list.add(out.toBytes().toString());
    }
    return json;
  }

  private static ObjectNode sealed(Proof.Sealed sealed) {
    return Json.object()
        .put("header", sealed.header().encode().toString())
        .put("seal", sealed.seal().toString());
  }
}
