package io.metanode.ledger.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.Decoding;
import io.metanode.ledger.TestChain;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.light.RosterChange;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.SnapshotManifest;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerMessageCodecPropertyTest {

  private final TestChain chain = new TestChain(3, 3, 4);
  private final Transaction transaction = chain.transfer(0, 1, 5);
  private final LedgerState before = chain.ledger;
  private final SealedBlock block = chain.advance(transaction);

  private PeerMessage draw(Gen gen) {
    return switch (gen.intBetween(1, 11)) {
      case 1 -> new PeerMessage.Consensus(Bytes.of(gen.bytes(gen.intBetween(0, 60))));
      case 2 -> new PeerMessage.Transactions(gen.list(0, 3, _ -> transaction));
      case 3 -> new PeerMessage.WantTransactions(gen.list(0, 3, _ -> transaction.id()));
      case 4 -> new PeerMessage.Status(u63(gen), u63(gen));
      case 5 -> new PeerMessage.WantBlocks(u63(gen), gen.intBetween(0, Integer.MAX_VALUE));
      case 6 -> new PeerMessage.Blocks(gen.list(0, 2, _ -> block));
      case 7 -> new PeerMessage.WantSnapshot(u63(gen));
      case 8 -> new PeerMessage.Snapshot(offer(gen));
      case 9 -> new PeerMessage.WantChunk(u63(gen), gen.intBetween(0, Integer.MAX_VALUE));
      case 10 -> {
        SnapshotManifest manifest = SnapshotManifest.of(before, 1);
        yield new PeerMessage.Chunk(u63(gen), manifest.chunk(before.state(), 0));
      }
      default -> new PeerMessage.Evidence(Bytes.of(gen.bytes(gen.intBetween(0, 60))));
    };
  }

  private SnapshotOffer offer(Gen gen) {
    var seal = chain.seal(block.block().header(), chain.genesis.validators(), 3);
    RosterChange change =
        new RosterChange(block.block().header(), seal, chain.genesis.validators());
    return new SnapshotOffer(
        gen.list(0, 2, _ -> change),
        block.block().header(),
        seal,
        SnapshotManifest.of(before, gen.intBetween(0, 3)));
  }

  private static long u63(Gen gen) {
    return gen.between(0, Long.MAX_VALUE);
  }

  @Test
  void whatTheDecoderAcceptsEncodesToTheSameBytes() {
    Property.check(
        "peer messages",
        150,
        gen ->
            Decoding.check(
                gen,
                PeerMessageCodec.encode(draw(gen)),
                bytes -> PeerMessageCodec.encode(PeerMessageCodec.decode(bytes))));
  }

  @Test
  void theExamplesOfTheDocument() throws DecodingException {
    assertEquals(
        "0400000000000001020000000000000001",
        PeerMessageCodec.encode(new PeerMessage.Status(258, 1)).toString());
    String want = "03000000012c" + "00".repeat(31);
    assertEquals(
        want, PeerMessageCodec.encode(PeerMessageCodec.decode(Bytes.ofHex(want))).toString());
    assertEquals(
        List.of(),
        ((PeerMessage.Blocks) PeerMessageCodec.decode(Bytes.ofHex("0600000000"))).blocks());
  }
}
