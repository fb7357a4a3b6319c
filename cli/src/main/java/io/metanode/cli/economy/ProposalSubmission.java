package io.metanode.cli.economy;

import io.metanode.cli.ledger.Printed;
import io.metanode.crypto.SigningException;
import io.metanode.economy.EconomyModule;
import io.metanode.economy.EconomyProposals;
import io.metanode.economy.EconomyRequests;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerTransactions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a proposal; the answer tells its id. */
final class ProposalSubmission {

  @Mixin RequestSubmission request = new RequestSubmission();
  @Mixin VoterOption voter = new VoterOption();

  @Option(names = "--reference", paramLabel = "HEX", description = "chosen once, 32 bytes")
  @Nullable String reference;

  /** Says what is proposed. */
  interface Maker {
    LedgerTransactions.Signed make(EconomyProposals proposals) throws SigningException;
  }

  /** What the ledger says at a path of the economy. */
  JsonNode ask(String path) throws IOException {
    try (LedgerClient client = request.submission.client()) {
      return client.get("/v1/" + EconomyModule.NAME + "/" + path);
    }
  }

  /** The time of the newest block, in milliseconds. */
  long time() throws IOException {
    try (LedgerClient client = request.submission.client()) {
      return client.get("/v1/status").required("headTimeMillis").asLong();
    }
  }

  int submit(CommandSpec spec, Maker maker) throws IOException {
    Bytes32 chosen = Words.orFresh(reference, "a reference");
    ObjectNode told = Printed.object();
    return request.submit(
        spec,
        told,
        (requests, sender) -> {
          told.put("proposal", EconomyRequests.proposal(sender, chosen).toString());
          return maker.make(new EconomyProposals(requests, chosen, voter.of(sender)));
        });
  }
}
