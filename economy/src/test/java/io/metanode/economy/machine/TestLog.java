package io.metanode.economy.machine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.metanode.crypto.MerkleHash;
import io.metanode.crypto.MerkleProof;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.SigningException;
import io.metanode.economy.machine.EconomyChain.Ask;
import io.metanode.economy.poe.Usage;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LogBlock;
import io.metanode.ledger.UsageSums;
import io.metanode.ledger.block.MerkleList;
import io.metanode.ledger.state.Operation;
import io.metanode.testkit.Gen;
import java.util.List;
import java.util.stream.LongStream;

/** A log of receipts that cuts LogBlocks of one receipt each, as a node does. */
final class TestLog {

  final Bytes origin;
  private final PrivateKeySigner signer;
  private final long chain;
  private final Bytes32 owner;
  private Bytes32 previous = Bytes32.ZERO;
  private long number;

  TestLog(String origin, long chain, Bytes32 owner) {
    this.origin = Bytes.of(origin.getBytes(US_ASCII));
    this.signer = PrivateKeySigner.generate(new Gen(origin.hashCode()));
    this.chain = chain;
    this.owner = owner;
  }

  private static List<Bytes32> leaves(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(i -> Bytes32.of(MerkleHash.leaf(new byte[] {(byte) (i >> 8), (byte) i})))
        .toList();
  }

  private static byte[] subtree(int level, long index) {
    return new MerkleList(leaves(index << level, (index + 1) << level)).root().bytes();
  }

  /** The transaction with the next LogBlock. */
  Ask next(Usage usage) {
    Bytes32 key = Bytes32.of(signer.publicKey().bytes());
    LogBlock block =
        new LogBlock(
            chain,
            origin,
            number,
            previous,
            number,
            number + 1,
            new MerkleList(leaves(0, number + 1)).root(),
            new UsageSums(
                usage.cpuMs(),
                usage.memoryMbS(),
                usage.storageGbDay(),
                usage.egressMb(),
                usage.receiptsCount()),
            owner,
            key,
            key);
    List<Bytes32> proof =
        number == 0
            ? List.of()
            : MerkleProof.consistency(number, number + 1, TestLog::subtree).stream()
                .map(Bytes32::of)
                .toList();
    previous = block.digest();
    number++;
    try {
      Operation submit = new Operation.SubmitLogBlock(block.sign(signer), proof);
      return new Ask(owner, submit.category(), submit.kind(), submit.encode());
    } catch (SigningException e) {
      throw new IllegalStateException(e);
    }
  }
}
