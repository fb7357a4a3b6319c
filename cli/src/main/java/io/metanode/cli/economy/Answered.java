package io.metanode.cli.economy;

import io.metanode.cli.ledger.Printed;
import io.metanode.cli.ledger.Submission;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the ledger said of a transaction, told with what goes with it. */
final class Answered {

  private Answered() {}

  /**
   * Prints the answer; on standard error what to do if it is a refusal.
   *
   * @param told what is to be told besides
   * @return the exit code
   */
  static int print(CommandSpec spec, Printed printed, JsonNode answer, ObjectNode told) {
    ObjectNode json = (ObjectNode) answer;
    json.setAll(told);
    printed.print(spec, json);
    String result = json.path("result").asString("");
    PrintWriter err = spec.commandLine().getErr();
    if (result.isEmpty()) {
      err.println("metanode: not final yet; metanode ledger tx show ID says what came of it");
    }
    Advice.on(result).ifPresent(advice -> err.println("metanode: " + result + ": " + advice));
    err.flush();
    return Submission.exitCode(json);
  }
}
