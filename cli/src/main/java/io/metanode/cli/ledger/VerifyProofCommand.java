package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.ledger.LedgerProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checks a proof without asking anybody. */
@Command(
    name = "verify",
    description = {
      "Check a proof offline: it trusts the genesis and nothing else. Exit 1: it does not hold.",
      "With --tx, --account or --anchor it must also be about that."
    })
final class VerifyProofCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Parameters(paramLabel = "FILE", description = "the proof")
  Path file = Path.of("");

  @Option(names = "--genesis", paramLabel = "FILE", description = "of the chain", required = true)
  Path genesis = Path.of("");

  @ArgGroup @Nullable ProofSubject subject;

  @Mixin Printed printed = new Printed();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try {
      Map<String, String> facts =
          LedgerProof.trusting(genesis).verify(JSON.readTree(Files.readString(file)));
      check(facts);
      ObjectNode json = JSON.createObjectNode().put("verified", true);
      facts.forEach(json::put);
      printed.print(spec, json);
      return 0;
    } catch (LedgerProof.InvalidException | JacksonException e) {
      throw new CommandException("the proof does not hold: " + e.getMessage(), e);
    }
  }

  private void check(Map<String, String> facts) {
    ProofSubject wanted = subject;
    if (wanted == null) {
      return;
    }
    require(facts, "transaction", wanted.transaction);
    require(
        facts, "stateKey", wanted.account == null ? null : LedgerProof.accountKey(wanted.account));
    require(facts, "stateKey", wanted.anchor == null ? null : LedgerProof.anchorKey(wanted.anchor));
  }

  private static void require(Map<String, String> facts, String name, @Nullable String value) {
    if (value != null && !value.equalsIgnoreCase(facts.get(name))) {
      throw new CommandException("the proof holds, but it is about something else: " + facts);
    }
  }
}
