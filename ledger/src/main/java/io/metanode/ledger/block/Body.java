package io.metanode.ledger.block;

import io.metanode.crypto.MerkleHash;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * What a block and its proposal have in common besides the header.
 *
 * @param checkpoints values of the tick chain at equal distances, the last of them the header's
 * @param evidence proofs of misbehaviour, opaque here
 */
public record Body(List<Bytes32> checkpoints, List<Bytes> evidence) {

  public static final int MAX_CHECKPOINTS = 1024;
  public static final int MAX_EVIDENCE = 64;

  /** The longest piece of evidence, in bytes. */
  public static final int MAX_EVIDENCE_LENGTH = 1 << 16;

  public static final Body EMPTY = new Body(List.of(), List.of());

  public Body {
    checkpoints = List.copyOf(checkpoints);
    evidence = List.copyOf(evidence);
  }

  public Bytes32 evidenceRoot() {
    return new MerkleList(
            evidence.stream().map(e -> Bytes32.of(MerkleHash.leaf(e.toArray()))).toList())
        .root();
  }

  void encode(Encoder out) {
    out.u32(checkpoints.size());
    checkpoints.forEach(out::bytes32);
    out.u32(evidence.size());
    evidence.forEach(out::prefixed);
  }

  static Body decode(Decoder in) throws DecodingException {
    int ticks = in.count(MAX_CHECKPOINTS, Bytes32.LENGTH);
    List<Bytes32> checkpoints = new ArrayList<>(ticks);
    for (int i = 0; i < ticks; i++) {
      checkpoints.add(in.bytes32());
    }
    int pieces = in.count(MAX_EVIDENCE, Integer.BYTES);
    List<Bytes> evidence = new ArrayList<>(pieces);
    for (int i = 0; i < pieces; i++) {
      evidence.add(in.prefixed(MAX_EVIDENCE_LENGTH));
    }
    return new Body(checkpoints, evidence);
  }
}
