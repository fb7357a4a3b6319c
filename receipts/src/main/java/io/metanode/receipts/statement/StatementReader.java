package io.metanode.receipts.statement;

import io.metanode.foundation.Digest;
import io.metanode.receipts.Account;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import io.metanode.receipts.StepReceipt;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import io.metanode.receipts.Verdict;
import io.metanode.receipts.json.Json;
import io.metanode.receipts.json.JsonException;
import io.metanode.receipts.json.JsonReader;
import io.metanode.receipts.statement.ReceiptFormatException.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads statements. Fields of the predicate that this version does not know are passed over, unless
 * the predicate's {@code critical} list names them.
 */
public final class StatementReader {

  private static final Set<String> KNOWN =
      Set.of(
          "account",
          "actor",
          "arguments",
          "critical",
          "finishedAt",
          "operation",
          "outcome",
          "previous",
          "sequence",
          "source",
          "startedAt",
          "subjectsOmitted",
          "usage",
          "verdict");

  private StatementReader() {}

  /** Reads the bytes of a statement. */
  public static StepReceipt read(byte[] payload) throws ReceiptFormatException {
    try {
      return read(Members.of(JsonReader.canonical(payload, Limits.STATEMENT), "statement"));
    } catch (JsonException e) {
      throw new ReceiptFormatException(e);
    }
  }

  private static StepReceipt read(Members statement) throws ReceiptFormatException {
    statement.only("_type", "predicate", "predicateType", "subject");
    constant(statement, "_type", Statement.TYPE);
    constant(statement, "predicateType", Statement.PREDICATE_TYPE);
    Members predicate = statement.object("predicate");
    critical(predicate);
    Step step =
        new Step(
            actor(predicate.object("actor")),
            predicate.text("operation"),
            subjects(statement.array("subject")),
            predicate.digest("arguments"),
            verdict(predicate.object("verdict")),
            outcome(predicate.object("outcome")),
            predicate.time("startedAt"),
            predicate.time("finishedAt"),
            usage(predicate.object("usage")),
            account(predicate));
    long omitted =
        predicate.has("subjectsOmitted") ? predicate.object("subjectsOmitted").number("count") : 0;
    return new StepReceipt(
        predicate.number("sequence"),
        predicate.digest("previous"),
        predicate.text("source"),
        step,
        omitted);
  }

  private static void constant(Members members, String name, String expected)
      throws ReceiptFormatException {
    if (!members.text(name).equals(expected)) {
      throw new ReceiptFormatException(Fault.WRONG_TYPE, name + " is not " + expected);
    }
  }

  private static void critical(Members predicate) throws ReceiptFormatException {
    if (!predicate.has("critical")) {
      return;
    }
    for (Json name : predicate.array("critical").elements()) {
      if (!(name instanceof Json.Str(String text)) || !KNOWN.contains(text)) {
        throw new ReceiptFormatException(Fault.UNKNOWN_CRITICAL_FIELD, String.valueOf(name));
      }
    }
  }

  private static Optional<Account> account(Members predicate) throws ReceiptFormatException {
    if (!predicate.has("account")) {
      return Optional.empty();
    }
    Members account = predicate.object("account");
    try {
      return Optional.of(new Account(account.text("tenant"), account.text("app")));
    } catch (IllegalArgumentException e) {
      throw new ReceiptFormatException(Fault.WRONG_VALUE, "predicate.account: " + e.getMessage());
    }
  }

  private static Actor actor(Members actor) throws ReceiptFormatException {
    OptionalLong uid =
        actor.has("uid") ? OptionalLong.of(actor.number("uid")) : OptionalLong.empty();
    return new Actor(actor.text("kind"), actor.text("name"), uid);
  }

  private static Verdict verdict(Members verdict) throws ReceiptFormatException {
    return new Verdict(verdict.flag("allowed"), verdict.text("rule"), verdict.digest("policy"));
  }

  private static Outcome outcome(Members outcome) throws ReceiptFormatException {
    String kind = outcome.text("kind");
    return switch (kind) {
      case "done" -> new Outcome.Done();
      case "denied" -> new Outcome.Denied();
      case "exited" -> new Outcome.Exited(outcome.octet("exitCode"), outcome.flag("outOfMemory"));
      case "failed" -> new Outcome.Failed(outcome.text("error"));
      default -> throw new ReceiptFormatException(Fault.WRONG_VALUE, "outcome.kind " + kind);
    };
  }

  private static Usage usage(Members usage) throws ReceiptFormatException {
    return new Usage(
        usage.decimal("cpu_ms"),
        usage.decimal("memory_mb_s"),
        usage.decimal("storage_gb_day"),
        usage.decimal("egress_mb"),
        usage.decimal("receipts_count"));
  }

  private static List<Subject> subjects(Json.Arr array) throws ReceiptFormatException {
    List<Subject> subjects = new ArrayList<>();
    for (Json element : array.elements()) {
      Members subject = Members.of(element, "subject");
      String hex = subject.object("digest").text("sha256");
      Digest digest =
          Digest.parse("sha256:" + hex)
              .orElseThrow(
                  () -> new ReceiptFormatException(Fault.WRONG_VALUE, "subject digest " + hex));
      subjects.add(new Subject(subject.text("name"), digest));
    }
    if (subjects.isEmpty()) {
      throw new ReceiptFormatException(Fault.MISSING_FIELD, "subject");
    }
    return subjects;
  }
}
