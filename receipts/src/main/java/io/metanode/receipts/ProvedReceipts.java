package io.metanode.receipts;

import io.metanode.crypto.MerkleHash;
import io.metanode.foundation.Digest;
import io.metanode.receipts.statement.Envelope;
import io.metanode.receipts.statement.ReceiptFormatException;
import io.metanode.receipts.statement.StatementReader;
import io.metanode.receipts.tile.Checkpoint;
import io.metanode.receipts.tile.TlogProof;
import io.metanode.receipts.verify.Finding;
import io.metanode.receipts.verify.ProofVerification;
import io.metanode.receipts.verify.TrustedKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Receipts that were handed over without their log, each with a proof under one checkpoint. A proof
 * is kept in two parts, as the checkpoint is the same for all: put together, with an empty line
 * between, they are a C2SP tlog-proof.
 */
public final class ProvedReceipts {

  private final TrustedKeys keys;
  private final String checkpointText;
  private final Checkpoint checkpoint;

  private ProvedReceipts(TrustedKeys keys, String checkpointText, Checkpoint checkpoint) {
    this.keys = keys;
    this.checkpointText = checkpointText;
    this.checkpoint = checkpoint;
  }

  /**
   * Reads the checkpoint and checks its signatures.
   *
   * @param keys a file of the public keys that are trusted
   * @param findings gets what is wrong; none of the receipts is to be believed then
   * @return empty if it is no checkpoint
   * @throws IOException if the keys cannot be read
   */
  public static Optional<ProvedReceipts> under(String checkpoint, Path keys, List<String> findings)
      throws IOException {
    TrustedKeys trusted = TrustedKeys.read(keys);
    Optional<Checkpoint> parsed = Checkpoint.parse(checkpoint);
    if (parsed.isEmpty()) {
      findings.add("checkpoint: not a checkpoint");
      return Optional.empty();
    }
    report(ProofVerification.checkpoint(parsed.get(), trusted), "", findings);
    return Optional.of(new ProvedReceipts(trusted, checkpoint, parsed.get()));
  }

  /** The log. */
  public String origin() {
    return checkpoint.origin();
  }

  /** How many receipts the checkpoint covers. */
  public long size() {
    return checkpoint.size();
  }

  /**
   * Checks one receipt.
   *
   * @param head the proof without its checkpoint; it carries the receipt
   * @param findings gets what is wrong
   * @return the receipt, if nothing is
   */
  public Optional<LoggedReceipt> read(String head, List<String> findings) {
    Optional<TlogProof> proof = TlogProof.parse(head + "\n\n" + checkpointText);
    if (proof.isEmpty() || proof.get().extra().isEmpty()) {
      findings.add("not a proof that carries its receipt");
      return Optional.empty();
    }
    byte[] entry = proof.get().extra().get();
    List<Finding> wrong = ProofVerification.included(proof.get(), entry, keys);
    if (!wrong.isEmpty()) {
      report(wrong, "receipt " + proof.get().index() + ": ", findings);
      return Optional.empty();
    }
    try {
      StepReceipt receipt = StatementReader.read(Envelope.read(entry).payload());
      Digest leafHash = Digest.ofBytes(MerkleHash.leaf(entry));
      return Optional.of(new LoggedReceipt(proof.get().index(), leafHash, receipt));
    } catch (ReceiptFormatException e) {
      throw new IllegalStateException("a receipt was verified that cannot be read", e);
    }
  }

  private static void report(List<Finding> wrong, String where, List<String> findings) {
    wrong.forEach(finding -> findings.add(where + finding));
  }
}
