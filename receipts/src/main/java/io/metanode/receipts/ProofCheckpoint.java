package io.metanode.receipts;

import io.metanode.receipts.tile.Checkpoint;
import io.metanode.receipts.tile.NoteSignature;
import io.metanode.receipts.tile.TlogProof;
import java.util.List;
import java.util.Optional;

/**
 * The checkpoint that a tlog-proof ends with, for whoever cosigned it.
 *
 * @param index the receipt's
 * @param origin the log's
 * @param size the receipts under the checkpoint
 * @param root the RFC 6962 root over them
 * @param signatures what follows the dash of each signature line
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ProofCheckpoint(
    long index, String origin, long size, byte[] root, List<Line> signatures) {

  /**
   * A signature line of a note (C2SP signed-note).
   *
   * @param name of the key
   * @param keyId four bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Line(String name, byte[] keyId, byte[] signature) {

    /** The line as it stands in a note, with its end. */
    @Override
    public String toString() {
      return new NoteSignature(name, keyId, signature) + "\n";
    }
  }

  public ProofCheckpoint {
    signatures = List.copyOf(signatures);
  }

  /** Reads a tlog-proof; empty if it is anything else. */
  public static Optional<ProofCheckpoint> of(String proof) {
    return TlogProof.parse(proof).map(read -> of(read.index(), read.checkpoint()));
  }

  private static ProofCheckpoint of(long index, Checkpoint checkpoint) {
    return new ProofCheckpoint(
        index,
        checkpoint.origin(),
        checkpoint.size(),
        checkpoint.root(),
        checkpoint.signatures().stream()
            .map(line -> new Line(line.name(), line.keyId(), line.signature()))
            .toList());
  }
}
