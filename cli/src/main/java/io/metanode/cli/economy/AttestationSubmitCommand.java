package io.metanode.cli.economy;

import io.metanode.cli.CommandException;
import io.metanode.economy.EconomyModule;
import io.metanode.economy.GoldStatement;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LedgerClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Brings a signed statement to the ledger. */
@Command(
    name = "submit",
    description = {
      "Bring a statement of the reserve to the ledger, once enough notaries signed it; anyone may.",
      "Exit 1: not taken."
    })
final class AttestationSubmitCommand implements Callable<Integer> {

  @Mixin RequestSubmission request = new RequestSubmission();

  @Parameters(paramLabel = "FILE", description = "the statement")
  Path file = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    GoldStatement statement = StatementFile.read(file);
    JsonNode set = notaries();
    List<Bytes32> keys =
        set.required("keys").valueStream().map(key -> Bytes32.ofHex(key.asString())).toList();
    int signers = statement.signers(keys);
    int threshold = set.required("threshold").asInt();
    if (signers < threshold) {
      throw new CommandException(
          "%d of the ledger's notaries signed %s as it stands, and %d must; metanode economy attestation sign"
              .formatted(signers, file, threshold));
    }
    return request.submit(spec, (requests, _) -> requests.attest(statement, keys));
  }

  private JsonNode notaries() throws IOException {
    try (LedgerClient client = request.submission.client()) {
      return client
          .find("/v1/" + EconomyModule.NAME + "/notaries")
          .orElseThrow(
              () ->
                  new CommandException(
                      "the ledger has no notaries; governance names them: metanode economy propose"
                          + " notaries"));
    }
  }
}
