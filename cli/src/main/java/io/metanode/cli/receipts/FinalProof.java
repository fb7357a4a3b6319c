package io.metanode.cli.receipts;

import io.metanode.cli.CommandException;
import io.metanode.cli.LogBlockFacts;
import io.metanode.cli.NodeHome;
import io.metanode.cli.Waiting;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LogCertificate;
import io.metanode.receipts.ProofCheckpoint;
import io.metanode.receipts.PublishedLog;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;

/**
 * The proof that a receipt is in the log, under a checkpoint that the ledger made final, and the
 * validators' certificate of that as a signature line of the checkpoint.
 *
 * @param log the log's directory
 */
record FinalProof(NodeHome home, Path log) {

  /** A validator that is alone closes its next block, which proves the last, within ten seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Waits for the receipt to be final. */
  String await(long index) throws IOException {
    LogBlockFacts facts =
        LogBlockFacts.of(home)
            .orElseThrow(
                () ->
                    new CommandException(
                        "no node makes the receipts of %s final: start it, with its validator or submitTo"
                            .formatted(home.directory())));
    AtomicReference<Optional<String>> made = new AtomicReference<>(Optional.empty());
    try (LedgerClient ledger = new LedgerClient(URI.create(facts.api()))) {
      boolean there =
          Waiting.until(
              () -> {
                made.set(attempt(index, facts, ledger));
                return made.get().isPresent();
              },
              PATIENCE,
              "waiting for receipt " + index + " to be final");
      if (!there) {
        throw new CommandException(
            "receipt %d is not final after %d s; metanode status says why"
                .formatted(index, PATIENCE.toSeconds()));
      }
    }
    return made.get().orElseThrow();
  }

  private Optional<String> attempt(long index, LogBlockFacts facts, LedgerClient ledger) {
    try {
      String note =
          Files.readString(home.logBlocksDirectory().resolve(facts.chain()).resolve("checkpoint"));
      PublishedLog published = PublishedLog.open(log);
      Optional<ProofCheckpoint> checkpoint = ProofCheckpoint.of(published.proof(index, note));
      if (checkpoint.isEmpty()) {
        return Optional.empty();
      }
      String origin = URLEncoder.encode(published.origin(), StandardCharsets.UTF_8);
      long size = checkpoint.get().size();
      JsonNode logBlock =
          ledger.get("/v1/logblocks?origin=%s&index=%d&proof".formatted(origin, size - 1));
      JsonNode proof = logBlock.required("proof");
      if (logBlock.required("to").asLong() != size || proof.required("value").isNull()) {
        return Optional.empty();
      }
      return Optional.of(published.proof(index, note + line(ledger, proof)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // Not under it yet, or not final yet: asked again.
    }
  }

  private static ProofCheckpoint.Line line(LedgerClient ledger, JsonNode proof) throws IOException {
    LogCertificate chain = LogCertificate.of(ledger.getBytes("/v1/genesis"));
    return new ProofCheckpoint.Line(chain.name(), chain.keyId(), LogCertificate.signature(proof));
  }
}
