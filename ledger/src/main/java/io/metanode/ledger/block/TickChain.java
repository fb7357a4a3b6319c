package io.metanode.ledger.block;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Bytes32;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Proof of History: SHA-256 applied to its own output, over and over, from a seed that binds the
 * previous block's last tick and this block's contents (Yakovenko, "Solana: a new architecture for
 * a high performance blockchain", 2018). Making it is sequential; checking it is not, since the
 * stretches between checkpoints are independent.
 *
 * @param count the ticks of a block
 * @param interval the ticks between two checkpoints, a divisor of {@code count}
 */
public record TickChain(int count, int interval) {

  private static final byte[] DOMAIN = "metanode tick chain v1".getBytes(StandardCharsets.US_ASCII);

  /**
   * @throws IllegalArgumentException unless the checkpoints divide the ticks, and are few enough
   */
  public TickChain {
    if (interval < 1 || count < interval || count % interval != 0) {
      throw new IllegalArgumentException(count + " ticks in steps of " + interval);
    }
    if (count / interval > Body.MAX_CHECKPOINTS) {
      throw new IllegalArgumentException(count / interval + " checkpoints");
    }
  }

  /** Where a block's chain starts. */
  static Bytes32 seed(TickMark previous, Contents contents) {
    return Bytes32.of(
        Sha256.of(
            DOMAIN,
            previous.value().bytes(),
            contents.transactionRoot().bytes(),
            contents.evidenceRoot().bytes()));
  }

  private Bytes32 advance(Bytes32 from) {
    return Bytes32.of(Sha256.repeated(from.bytes(), interval));
  }

  /** Works through the ticks of a block. The last checkpoint is the block's mark. */
  public List<Bytes32> run(TickMark previous, Contents contents) {
    List<Bytes32> checkpoints = new ArrayList<>(count / interval);
    Bytes32 value = seed(previous, contents);
    for (int done = 0; done < count; done += interval) {
      value = advance(value);
      checkpoints.add(value);
    }
    return checkpoints;
  }

  /** The mark of a block with these checkpoints. */
  public TickMark mark(List<Bytes32> checkpoints) {
    return new TickMark(count, checkpoints.getLast());
  }

  /** Whether the checkpoints are the chain from {@code previous} over the header's contents. */
  public boolean holds(
      TickMark previous, BlockHeader header, List<Bytes32> checkpoints, Executor threads) {
    if (checkpoints.size() != count / interval || !header.ticks().equals(mark(checkpoints))) {
      return false;
    }
    List<CompletableFuture<Boolean>> stretches = new ArrayList<>(checkpoints.size());
    Bytes32 from = seed(previous, header.contents());
    for (Bytes32 to : checkpoints) {
      Bytes32 start = from;
      stretches.add(CompletableFuture.supplyAsync(() -> advance(start).equals(to), threads));
      from = to;
    }
    return stretches.stream().allMatch(CompletableFuture::join);
  }
}
