package io.metanode.ledger.api;

import io.metanode.ledger.service.Proof;
import io.metanode.ledger.state.Genesis;
import tools.jackson.databind.node.ObjectNode;

/** Proofs in JSON: encodings in hexadecimal digits (docs/formats/ledger-api.md). */
final class ProofJson {

  /** The format's name. */
  static final String FORMAT = "metanode-ledger-proof-1";

  private ProofJson() {}

  static ObjectNode of(Genesis genesis, Proof proof) {
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
    json.putArray("changes");
    return json;
  }

  private static ObjectNode sealed(Proof.Sealed sealed) {
    return Json.object()
        .put("header", sealed.header().encode().toString())
        .put("seal", sealed.seal().toString());
  }
}
