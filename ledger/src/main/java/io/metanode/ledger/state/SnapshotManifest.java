package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.block.BlockHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * What a snapshot consists of: a state cut into 2^bits chunks, each of which can be checked when it
 * arrives, whoever sent it.
 *
 * @param head the block after which the state is
 * @param chunks the subtrees, left to right
 */
public record SnapshotManifest(BlockHeader head, List<SubtreeDigest> chunks) {

  private static final int MAGIC = 0x4d4e5801;

  /** The most a state is cut: into 2^16 chunks. */
  public static final int MAX_BITS = 16;

  /** The longest encoding, in bytes. */
  public static final int MAX_LENGTH =
      BlockHeader.LENGTH + 8 + (1 << MAX_BITS) * SubtreeDigest.LENGTH;

  public SnapshotManifest {
    chunks = List.copyOf(chunks);
  }

  /** The manifest of a ledger cut into 2^{@code bits} chunks. */
  public static SnapshotManifest of(LedgerState ledger, int bits) {
    List<SubtreeDigest> chunks =
        subtrees(ledger.state().node(), bits).stream().map(SubtreeDigest::of).toList();
    return new SnapshotManifest(ledger.head(), chunks);
  }

  /** A chunk of the ledger this is the manifest of. */
  public StateChunk chunk(StateTree state, int index) {
    List<StateChange> entries = new ArrayList<>();
    StateTree.visit(
        subtrees(state.node(), bits()).get(index),
        (key, value) -> entries.add(StateChange.put(key, value)));
    return new StateChunk(index, entries);
  }

  private static List<StateNode> subtrees(StateNode root, int bits) {
    if (bits < 0 || bits > MAX_BITS) {
      throw new IllegalArgumentException("a state is cut by 0 to 16 bits, not " + bits);
    }
    List<StateNode> level = List.of(root);
    for (int depth = 0; depth < bits; depth++) {
      List<StateNode> below = new ArrayList<>(level.size() * 2);
      for (StateNode node : level) {
        below.add(half(node, depth, false));
        below.add(half(node, depth, true));
      }
      level = below;
    }
    return level;
  }

  private static StateNode half(StateNode node, int depth, boolean right) {
    return switch (node) {
      case StateNode.Empty empty -> empty;
      case StateNode.Inner inner -> right ? inner.right() : inner.left();
      case StateNode.Leaf leaf ->
          StateHash.right(leaf.path(), depth) == right ? leaf : StateNode.Empty.INSTANCE;
    };
  }

  int bits() {
    return Integer.numberOfTrailingZeros(chunks.size());
  }

  /** The number of chunks. */
  public int size() {
    return chunks.size();
  }

  /** The state root, which the header after {@link #head} must name. */
  public Bytes32 root() {
    return SubtreeDigest.root(chunks);
  }

  /** Whether a chunk is the one this names under its index. */
  public boolean has(StateChunk chunk) {
    if (chunk.index() >= chunks.size()) {
      return false;
    }
    try {
      return SubtreeDigest.of(chunk.build(bits())).equals(chunks.get(chunk.index()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  public Bytes encode() {
    Encoder out = new Encoder(BlockHeader.LENGTH + 16 + chunks.size() * SubtreeDigest.LENGTH);
    out.u32(MAGIC).raw(head.encode()).u8(bits());
    chunks.forEach(chunk -> chunk.encode(out));
    return out.toBytes();
  }

  public static SnapshotManifest decode(Bytes encoded) throws DecodingException {
    Decoder in = encoded.decoder();
    in.magic(MAGIC);
    BlockHeader head = BlockHeader.decode(in.raw(BlockHeader.LENGTH));
    int bits = in.u8();
    if (bits > MAX_BITS) {
      throw in.fault(DecodingFault.OVERSIZED, bits + " bits");
    }
    List<SubtreeDigest> chunks = new ArrayList<>();
    for (int i = 0; i < 1 << bits; i++) {
      chunks.add(SubtreeDigest.decode(in));
    }
    in.end();
    return new SnapshotManifest(head, chunks);
  }
}
