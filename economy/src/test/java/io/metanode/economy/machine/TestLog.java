package io.metanode.economy.machine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.metanode.crypto.CompactRange;
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
import io.metanode.ledger.state.Operation;
import io.metanode.testkit.Gen;
import java.util.ArrayList;
import java.util.List;

/** A log of receipts that cuts LogBlocks of one receipt each, as a node does. */
final class TestLog {

  final Bytes origin;
  private final PrivateKeySigner signer;
  private final long chain;
  private final Bytes32 owner;
  private Bytes32 previous = Bytes32.ZERO;
  private long number;
  private final CompactRange range = new CompactRange();

  /** The hashes of full subtrees, by their height. */
  private final List<List<byte[]>> levels = new ArrayList<>();

  TestLog(String origin, long chain, Bytes32 owner) {
    this.origin = Bytes.of(origin.getBytes(US_ASCII));
    this.signer = PrivateKeySigner.generate(new Gen(origin.hashCode()));
    this.chain = chain;
    this.owner = owner;
  }

  long number() {
    return number;
  }

  private void grow() {
    byte[] hash = MerkleHash.leaf(new byte[] {(byte) (number >> 8), (byte) number});
    range.add(hash);
    for (int level = 0; ; level++) {
      if (levels.size() == level) {
        levels.add(new ArrayList<>());
      }
      List<byte[]> hashes = levels.get(level);
      hashes.add(hash);
      if (hashes.size() % 2 == 1) {
        return;
      }
      hash = MerkleHash.node(hashes.get(hashes.size() - 2), hash);
    }
  }

  /** The transaction with the next LogBlock. */
  Ask next(Usage usage) {
    Bytes32 key = Bytes32.of(signer.publicKey().bytes());
    grow();
    LogBlock block =
        new LogBlock(
            chain,
            origin,
            number,
            previous,
            number,
            number + 1,
            Bytes32.of(range.root()),
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
            : MerkleProof.consistency(
                    number, number + 1, (level, index) -> levels.get(level).get((int) index))
                .stream()
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
