package io.metanode.cli.receipts;

import io.metanode.ledger.LedgerProof;
import io.metanode.ledger.LogCertificate;
import io.metanode.receipts.ProofCheckpoint;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Verifies offline that the validators of a ledger made the checkpoint of a proof final. */
final class FinalityCheck {

  private FinalityCheck() {}

  /**
   * Verifies.
   *
   * @return 0 if it is final, 1 if the proof does not show it, 2 if a file cannot be read
   */
  static int run(Path proof, Path genesis, PrintStream out, PrintStream err) {
    try {
      LogCertificate chain = LogCertificate.trusting(genesis);
      Optional<ProofCheckpoint> checkpoint = ProofCheckpoint.of(Files.readString(proof));
      Optional<ProofCheckpoint.Line> line =
          checkpoint.stream()
              .flatMap(note -> note.signatures().stream())
              .filter(by -> by.name().equals(chain.name()))
              .filter(by -> Arrays.equals(by.keyId(), chain.keyId()))
              .findFirst();
      if (line.isEmpty()) {
        out.println("WRONG checkpoint: no certificate of this ledger; make the proof with --final");
        return 1;
      }
      ProofCheckpoint note = checkpoint.get();
      LogCertificate.Shown shown =
          chain.verify(line.get().signature(), note.origin(), note.size(), note.root());
      out.printf(
          "final: LogBlock %d of %s, in block %d of %s at %s%n",
          shown.number(),
          note.origin(),
          shown.height(),
          chain.name(),
          Instant.ofEpochMilli(shown.timeMillis()));
      return 0;
    } catch (LedgerProof.InvalidException e) {
      out.println("WRONG certificate: " + e.getMessage());
      return 1;
    } catch (IOException e) {
      err.println("cannot verify: " + e.getMessage());
      return 2;
    }
  }
}
