package io.metanode.ledger.ibft;

import static io.metanode.ledger.ibft.Bench.block;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The encodings of docs/formats/consensus.md, byte by byte. */
class GoldenMessagesTest {

  private static final Proposal BLOCK = block("block");

  private final Bench bench = new Bench(4);

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void prepareIsLaidOutAsDocumented() {
    Message.PrepareMessage prepare = bench.prepare(2, 3, BLOCK.digest());
    String author = bench.members.get(2).id().key().hex();
    String signature = hex(prepare.signed().signature().bytes());
    assertEquals(
        "02" + author + signature + "0000000000000001" + "00000003" + BLOCK.digest().hex(),
        hex(MessageCodec.encode(prepare)));
  }

  @Test
  void theSignedBytesNameProtocolChainAndKind() {
    byte[] signed =
        PayloadCodec.signingBytes(
            Bench.CHAIN, bench.prepare(2, 3, BLOCK.digest()).signed().payload());
    String domain = hex("metanode-qbft-v1".getBytes(StandardCharsets.US_ASCII));
    assertEquals(
        domain + "c4".repeat(32) + "02" + "0000000000000001" + "00000003" + BLOCK.digest().hex(),
        hex(signed));
  }

  @Test
  void theSealedBytesNameProtocolChainHeightRoundAndDigest() {
    String domain = hex("metanode-seal-v1".getBytes(StandardCharsets.US_ASCII));
    assertEquals(
        domain + "c4".repeat(32) + "0000000000000001" + "00000002" + BLOCK.digest().hex(),
        hex(CommitCertificate.sealed(Bench.CHAIN, Bench.HEIGHT, new Round(2), BLOCK.digest())));
  }

  /** All keys and signatures are deterministic, so whole messages are golden by their hashes. */
  @Test
  void wholeMessagesKeepTheirHashes() {
    PreparedCertificate prepared = bench.prepared(0, BLOCK, 0, 1, 2);
    Message.RoundChangeMessage call = bench.roundChange(3, 1, Optional.of(prepared));
    Message.ProposalMessage proposal =
        bench.proposal(2, 1, BLOCK, List.of(call, bench.roundChange(1, 1)), prepared.prepares());
    VoteRecord votes = VoteRecord.none(Bench.HEIGHT).preparing(BLOCK.digest()).locking(prepared);
    assertEquals(
        "2c72ef92581e50cb 22cf8a992441bcc2 91584af8bf1dba07 634e634ef3c295e4",
        String.join(
            " ",
            hash(MessageCodec.encode(bench.commit(1, 0, BLOCK.digest()))),
            hash(MessageCodec.encode(call)),
            hash(MessageCodec.encode(proposal)),
            hash(MessageCodec.encodeVotes(votes))));
  }

  private static String hash(byte[] bytes) {
    return Digest.ofBytes(Sha256.of(bytes)).hex().substring(0, 16);
  }
}
