package io.metanode.ledger.replica;

import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.BlockSeal;
import io.metanode.ledger.encoding.Decoder;
import io.metanode.ledger.encoding.DecodingException;
import io.metanode.ledger.encoding.Encoder;
import io.metanode.ledger.light.RosterChange;
import io.metanode.ledger.state.SnapshotManifest;
import java.util.ArrayList;
import java.util.List;

/**
 * A snapshot that a peer has, and why to believe it: every change of the validators since those
 * that the asker trusts, and the sealed header that names the snapshot's state.
 *
 * @param changes in the order of their heights
 * @param next the header after the snapshot's block
 * @param seal of {@code next}
 */
public record SnapshotOffer(
    List<RosterChange> changes, BlockHeader next, BlockSeal seal, SnapshotManifest manifest) {

  /** The most changes of the validators that one offer can bridge. */
  public static final int MAX_CHANGES = 1024;

  public SnapshotOffer {
    changes = List.copyOf(changes);
  }

  void encode(Encoder out) {
    out.u32(changes.size());
    changes.forEach(change -> change.encode(out));
    out.raw(next.encode()).prefixed(seal.encode()).prefixed(manifest.encode());
  }

  static SnapshotOffer decode(Decoder in) throws DecodingException {
    int count = in.count(MAX_CHANGES, BlockHeader.LENGTH);
    List<RosterChange> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      changes.add(RosterChange.decode(in));
    }
    return new SnapshotOffer(
        changes,
        BlockHeader.decode(in.raw(BlockHeader.LENGTH)),
        BlockSeal.decode(in.prefixed(BlockSeal.MAX_LENGTH)),
        SnapshotManifest.decode(in.prefixed(SnapshotManifest.MAX_LENGTH)));
  }
}
