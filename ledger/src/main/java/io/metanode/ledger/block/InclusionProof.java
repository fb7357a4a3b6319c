package io.metanode.ledger.block;

import io.metanode.crypto.MerkleProof;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * That a leaf stands at an index of a tree (RFC 9162 section 2.1.3).
 *
 * @param path the siblings, from the leaf's up
 */
public record InclusionProof(int index, int size, List<Bytes32> path) {

  private static final int LONGEST = 31;

  public InclusionProof {
    path = List.copyOf(path);
  }

  /** Whether the leaf hash is where the proof says, in the tree with this root. */
  public boolean proves(Bytes32 leaf, Bytes32 root) {
    List<byte[]> hashes = path.stream().map(Bytes32::bytes).toList();
    return MerkleProof.includes(index, size, leaf.bytes(), hashes, root.bytes());
  }

  public Bytes encode() {
    Encoder out = new Encoder(12 + path.size() * Bytes32.LENGTH);
    out.u32(index).u32(size).u32(path.size());
    path.forEach(out::bytes32);
    return out.toBytes();
  }

  public static InclusionProof decode(Bytes encoded) throws DecodingException {
    Decoder in = encoded.decoder();
    int index = in.u31();
    int size = in.u31();
    if (index >= size) {
      throw in.fault(DecodingFault.OUT_OF_RANGE, "index " + index + " of " + size);
    }
    int count = in.count(LONGEST, Bytes32.LENGTH);
    List<Bytes32> path = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      path.add(in.bytes32());
    }
    in.end();
    return new InclusionProof(index, size, path);
  }
}
