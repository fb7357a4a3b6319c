package io.metanode.ledger.replica;

import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.BlockSeal;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.light.LightClient;
import io.metanode.ledger.light.RosterChange;
import io.metanode.ledger.light.Verdict;
import io.metanode.ledger.light.VerifiedHeader;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.SnapshotAssembly;
import io.metanode.ledger.state.SnapshotManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /**
   * What to offer of a ledger.
   *
   * @param next the block after the ledger's head
   * @param changes all since the genesis, or since the validators that the asker trusts
   * @param bits cuts the state into 2^bits chunks
   */
  public static SnapshotOffer of(
      LedgerState ledger, SealedBlock next, List<RosterChange> changes, int bits) {
    try {
      BlockHeader header = next.block().header();
      return new SnapshotOffer(
          changes.stream().filter(c -> c.header().height() < header.height()).toList(),
          header,
          BlockSeal.decode(next.certificate()),
          SnapshotManifest.of(ledger, bits));
    } catch (DecodingException e) {
      throw new IllegalStateException("a block of ours has no seal", e);
    }
  }

  /**
   * Begins to assemble the state, if this holds for who trusts these validators.
   *
   * @return empty if it does not: whoever made it lied, or it was damaged
   */
  public Optional<SnapshotAssembly> believedBy(LightClient trusted) {
    LightClient client = trusted;
    for (RosterChange change : changes) {
      if (!(client.follow(change.header(), change.seal(), change.next())
          instanceof Verdict.Believed<LightClient>(LightClient next))) {
        return Optional.empty();
      }
      client = next;
    }
    return client.verify(next, seal) instanceof Verdict.Believed<VerifiedHeader> believed
        ? SnapshotAssembly.of(manifest, believed.value().header())
        : Optional.empty();
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
