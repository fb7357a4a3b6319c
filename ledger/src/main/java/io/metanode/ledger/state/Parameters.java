package io.metanode.ledger.state;

import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.TickChain;

/**
 * Rules of a chain that its genesis fixes.
 *
 * @param maxTransactions of a block
 */
public record Parameters(FeeRule fees, TickChain ticks, int maxTransactions) {

  /** A block timer of 100 ms, 20,000 transactions a second, and about a millisecond of ticks. */
  public static final Parameters DEFAULT =
      new Parameters(new FeeRule(1_000, 10), new TickChain(4096, 256), 4096);

  /**
   * @throws IllegalArgumentException if a block could not hold as many transactions, or none
   */
  public Parameters {
    if (maxTransactions < 1 || maxTransactions > Block.MAX_TRANSACTIONS) {
      throw new IllegalArgumentException("blocks of " + maxTransactions + " transactions");
    }
  }

  void encode(Encoder out) {
    out.u64(fees.base()).u64(fees.perByte());
    out.u32(ticks.count()).u32(ticks.interval()).u32(maxTransactions);
  }

  static Parameters decode(Decoder in) throws DecodingException {
    long base = in.u63();
    long perByte = in.u63();
    int count = in.u31();
    int interval = in.u31();
    int most = in.u31();
    try {
      return new Parameters(new FeeRule(base, perByte), new TickChain(count, interval), most);
    } catch (IllegalArgumentException e) {
      throw in.fault(DecodingFault.OUT_OF_RANGE, String.valueOf(e.getMessage()));
    }
  }
}
