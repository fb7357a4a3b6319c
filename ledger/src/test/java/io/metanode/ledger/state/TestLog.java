package io.metanode.ledger.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.metanode.crypto.MerkleHash;
import io.metanode.crypto.MerkleProof;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LogBlock;
import io.metanode.ledger.SignedLogBlock;
import io.metanode.ledger.UsageSums;
import io.metanode.ledger.block.MerkleList;
import io.metanode.ledger.state.Operation.SubmitLogBlock;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.ChainTag;
import io.metanode.testkit.Gen;
import java.util.List;
import java.util.stream.LongStream;

/** A log of receipts that are one byte string each, and the LogBlocks it signs. */
final class TestLog {

  final Bytes origin;
  final PrivateKeySigner signer;
  private final ChainTag chain;
  private final AccountId owner;

  /** A second log of one name differs in its receipts from {@code branchAt} on. */
  private final long branchAt;

  TestLog(String origin, long seed, ChainTag chain, AccountId owner, long branchAt) {
    this.origin = Bytes.of(origin.getBytes(US_ASCII));
    this.signer = PrivateKeySigner.generate(new Gen(seed));
    this.chain = chain;
    this.owner = owner;
    this.branchAt = branchAt;
  }

  TestLog(String origin, long seed, ChainTag chain, AccountId owner) {
    this(origin, seed, chain, owner, Long.MAX_VALUE);
  }

  static Bytes32 key(Signer signer) {
    return Bytes32.of(signer.publicKey().bytes());
  }

  private Bytes32 leaf(long index) {
    byte branch = (byte) (index >= branchAt ? 1 : 0);
    return Bytes32.of(MerkleHash.leaf(new byte[] {(byte) (index >> 8), (byte) index, branch}));
  }

  private List<Bytes32> leaves(long from, long to) {
    return LongStream.range(from, to).mapToObj(this::leaf).toList();
  }

  Bytes32 root(long size) {
    return new MerkleList(leaves(0, size)).root();
  }

  List<Bytes32> proof(long from, long to) {
    return from == 0
        ? List.of()
        : MerkleProof.consistency(from, to, this::subtree).stream().map(Bytes32::of).toList();
  }

  private byte[] subtree(int level, long index) {
    return new MerkleList(leaves(index << level, (index + 1) << level)).root().bytes();
  }

  /** What the receipts of a range metered, of which each counts for one. */
  static UsageSums usage(long from, long to) {
    return new UsageSums((to - from) * 7, from, to, 0, (to - from) * 1_000_000);
  }

  LogBlock block(long number, Bytes32 previous, long from, long to) {
    return new LogBlock(
        chain.value(),
        origin,
        number,
        previous,
        from,
        to,
        root(to),
        usage(from, to),
        owner.value(),
        key(signer),
        key(signer));
  }

  SubmitLogBlock submit(long number, Bytes32 previous, long from, long to) {
    return new SubmitLogBlock(sign(block(number, previous, from, to), signer), proof(from, to));
  }

  static SignedLogBlock sign(LogBlock block, Signer signer) {
    try {
      return block.sign(signer);
    } catch (SigningException e) {
      throw new AssertionError(e);
    }
  }
}
