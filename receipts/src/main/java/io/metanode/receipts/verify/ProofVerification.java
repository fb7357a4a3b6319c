package io.metanode.receipts.verify;

import io.metanode.crypto.MerkleHash;
import io.metanode.crypto.MerkleProof;
import io.metanode.receipts.StepReceipt;
import io.metanode.receipts.tile.Checkpoint;
import io.metanode.receipts.tile.TlogProof;
import io.metanode.receipts.tile.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Verifies one receipt with its proof, without the log. */
public final class ProofVerification {

  private ProofVerification() {}

  /**
   * Verifies that {@code receipt} is in the log the proof speaks of.
   *
   * @param receipt the entry's bytes
   * @return all that is wrong; empty if the proof holds
   */
  public static List<Finding> run(TlogProof proof, byte[] receipt, TrustedKeys trusted) {
    List<Finding> findings = new ArrayList<>(checkpoint(proof.checkpoint(), trusted));
    findings.addAll(included(proof, receipt, trusted));
    return findings;
  }

  /** What is wrong with the signatures of a checkpoint. */
  public static List<Finding> checkpoint(Checkpoint checkpoint, TrustedKeys trusted) {
    List<Finding> findings = new ArrayList<>();
    List<VerifierKey> signers = trusted.signers(checkpoint.origin());
    if (signers.stream().noneMatch(key -> checkpoint.check(key) == Checkpoint.Check.VALID)) {
      findings.add(new Finding("checkpoint", "not signed by a key you trust"));
    }
    Optional<VerifierKey> cosigner = trusted.cosigner(checkpoint.origin());
    if (cosigner.isPresent() && checkpoint.check(cosigner.get()) != Checkpoint.Check.VALID) {
      findings.add(new Finding("checkpoint", "the ML-DSA-44 cosignature is missing or wrong"));
    }
    return findings;
  }

  /** What is wrong with a receipt and its proof, if the checkpoint is as it should be. */
  public static List<Finding> included(TlogProof proof, byte[] receipt, TrustedKeys trusted) {
    List<Finding> findings = new ArrayList<>();
    Checkpoint checkpoint = proof.checkpoint();
    byte[] leaf = MerkleHash.leaf(receipt);
    if (!MerkleProof.includes(
        proof.index(), checkpoint.size(), leaf, proof.path(), checkpoint.root())) {
      findings.add(new Finding("proof", "does not lead from the receipt to the checkpoint"));
    }
    checkReceipt(proof, receipt, trusted.signers(checkpoint.origin()), findings);
    return findings;
  }

  private static void checkReceipt(
      TlogProof proof, byte[] receipt, List<VerifierKey> signers, List<Finding> findings) {
    String fault = "no key for " + proof.checkpoint().origin() + " among those you trust";
    for (VerifierKey key : signers) {
      EntryCheck check = EntryCheck.of(receipt, key);
      if (check.receipt().isPresent()) {
        StepReceipt read = check.receipt().get();
        String misplaced =
            EntryCheck.misplaced(read, proof.index(), read.previous(), proof.checkpoint().origin());
        if (!misplaced.isEmpty()) {
          findings.add(new Finding("receipt", misplaced));
        }
        return;
      }
      fault = check.fault() + " (after a rotation, give the log's file keys as the key file)";
    }
    findings.add(new Finding("receipt", fault));
  }
}
