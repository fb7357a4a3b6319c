package io.metanode.economy.machine;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A provider's proof of claim for a window that is over: LogBlocks of its logs that the ledger took
 * in the window, so many that checking them costs a validator little.
 *
 * @param window when it began, in milliseconds
 * @param cited the logs, in the order of their origins
 */
public record Claim(long window, List<Cited> cited) {

  /** The most LogBlocks of a claim. */
  public static final int MOST = 4096;

  /**
   * LogBlocks of one log, one after the other.
   *
   * @param origin the log's name
   * @param first the number of the first
   * @param count at least one
   */
  public record Cited(Bytes origin, long first, int count) {}

  /**
   * @throws IllegalArgumentException if a log is not in order, nothing or too much is cited
   */
  public Claim {
    cited = List.copyOf(cited);
    long all = 0;
    for (int i = 0; i < cited.size(); i++) {
      Cited log = cited.get(i);
      boolean ordered = i == 0 || cited.get(i - 1).origin().compareTo(log.origin()) < 0;
      if (!ordered || log.count() < 1 || log.first() < 0) {
        throw new IllegalArgumentException("no claim: " + cited);
      }
      all += log.count();
    }
    if (window < 0 || all < 1 || all > MOST) {
      throw new IllegalArgumentException("a claim of " + all + " LogBlocks for " + window);
    }
  }

  public Bytes encode() {
    Encoder out = new Encoder(512).u64(window).u16(cited.size());
    for (Cited log : cited) {
      out.prefixed(log.origin()).u64(log.first()).u32(log.count());
    }
    return out.toBytes();
  }

  public static Claim decode(Bytes payload) throws DecodingException {
    Decoder in = payload.decoder();
    long window = in.u63();
    int count = in.u16();
    if (count > MOST) {
      throw in.fault(DecodingFault.OVERSIZED, count + " logs");
    }
    List<Cited> cited = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cited.add(new Cited(in.prefixed(LogCursor.MAX_ORIGIN), in.u63(), in.u31()));
    }
    in.end();
    return Fields.valid(in, () -> new Claim(window, cited));
  }
}
