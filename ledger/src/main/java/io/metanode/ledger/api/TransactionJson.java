package io.metanode.ledger.api;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.LedgerModule;
import io.metanode.ledger.service.Answer;
import io.metanode.ledger.service.Outcome;
import io.metanode.ledger.state.Operation;
import io.metanode.ledger.state.Status;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionDraft;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Transactions, and what came of them, in JSON. */
final class TransactionJson {

  private static final Map<Integer, Status> STATUS =
      Arrays.stream(Status.values()).collect(Collectors.toMap(Status::code, status -> status));

  private TransactionJson() {}

  /** Reads {@code {"transaction": "<hex>"}}, or the hexadecimal digits alone. */
  static Transaction read(JsonNode json) throws Problem {
    String hex = (json.isObject() ? json.path("transaction") : json).asString("");
    try {
      return Transaction.decode(Bytes.of(HexFormat.of().parseHex(hex)));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("transaction is the encoding in hexadecimal digits");
    } catch (DecodingException e) {
      throw Problem.badRequest("no transaction: " + e.getMessage());
    }
  }

  static ObjectNode of(Transaction transaction) {
    TransactionDraft draft = transaction.draft();
    ObjectNode json =
        Json.object()
            .put("id", transaction.id().toString())
            .put("sender", draft.sender().toString())
            .put("sequence", draft.sequence())
            .put("class", draft.category().name())
            .put("fee", draft.fee())
            .put("expiry", draft.expiry());
    json.set("operation", operation(draft));
    return json.put("encoded", transaction.encoded().toString());
  }

  private static ObjectNode operation(TransactionDraft draft) {
    try {
      return switch (Operation.decode(draft.kind(), draft.payload())) {
        case Operation.Transfer t ->
            Json.object()
                .put("kind", "transfer")
                .put("asset", t.asset().name())
                .put("recipient", t.recipient().toString())
                .put("amount", t.amount());
        case Operation.AnchorLog a ->
            Json.object()
                .put("kind", "anchor")
                .put("origin", StateJson.text(a.origin()))
                .put("size", a.size())
                .put("root", a.root().toString());
        case Operation.ExtendLog e ->
            Json.object()
                .put("kind", "extendLog")
                .put("origin", StateJson.text(e.origin()))
                .put("before", e.before())
                .put("leaves", e.leaves().length() / Bytes32.LENGTH)
                .put("root", e.root().toString());
        case Operation.SubmitLogBlock l ->
            Json.object()
                .put("kind", "logBlock")
                .put("origin", StateJson.text(l.signed().block().origin()))
                .put("number", l.signed().block().number())
                .put("from", l.signed().block().from())
                .put("to", l.signed().block().to())
                .put("root", l.signed().block().root().toString());
        case Operation.AddValidator v ->
            Json.object()
                .put("kind", "addValidator")
                .put("from", v.from())
                .put("key", v.keys().key().toString());
        case Operation.BondStake b ->
            Json.object()
                .put("kind", "bondStake")
                .put("key", b.key().toString())
                .put("amount", b.amount());
        case Operation.ReleaseBond r ->
            Json.object().put("kind", "releaseBond").put("key", r.key().toString());
        case Operation.RemoveValidator v ->
            Json.object()
                .put("kind", "removeValidator")
                .put("from", v.from())
                .put("key", v.key().toString());
      };
    } catch (DecodingException e) {
      return Json.object().put("kind", draft.kind()).put("payload", draft.payload().toString());
    }
  }

  static ObjectNode of(Answer answer, LedgerModule module) {
    ObjectNode json = Json.object().put("id", answer.id().toString());
    if (answer.outcome().isPresent()) {
      return put(json.put("status", "FINAL"), answer.outcome().get(), module);
    }
    if (answer.admission().isAccepted()) {
      return json.put("status", "WAITING");
    }
    return json.put("status", "REFUSED")
        .put("admission", answer.admission().name())
        .put("code", answer.admission().code())
        .put("retry", answer.admission().retry().name());
  }

  static ObjectNode put(ObjectNode json, Outcome outcome, LedgerModule module) {
    return json.put("height", outcome.height())
        .put("result", result(outcome.code(), module))
        .put("resultCode", outcome.code());
  }

  static String result(int code, LedgerModule module) {
    Status status = STATUS.get(code);
    return status == null ? module.resultName(code).orElse("UNKNOWN") : status.name();
  }
}
