package io.metanode.economy.machine;

import io.metanode.crypto.Sha256;
import io.metanode.economy.money.Amount;
import io.metanode.economy.poe.Usage;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.LedgerModule.Place;

/**
 * What a provider was rewarded for a window, in one claim or several.
 *
 * @param window when it began, in milliseconds
 * @param usage of all LogBlocks that claims cited
 * @param logBlocks how many those were
 * @param reward in NEX
 * @param height the block that took the last claim
 */
public record WindowClaim(
    Bytes32 provider, long window, Usage usage, long logBlocks, Amount reward, long height)
    implements Fact {

  static final int TAG = 27;

  static Place of(Bytes32 provider, long window) {
    byte[] begin = new Encoder(Long.BYTES).u64(window).toArray();
    return new Place(TAG, Bytes32.of(Sha256.of(provider.bytes(), begin)));
  }

  @Override
  public Place place() {
    return of(provider, window);
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.bytes32(provider).u64(window);
    usage.encode(out).u64(logBlocks).u64(reward.units()).u64(height);
  }

  static WindowClaim decodeFields(Decoder in) throws DecodingException {
    return new WindowClaim(
        in.bytes32(), in.u63(), Usage.decode(in), in.u63(), Fields.amount(in), in.u63());
  }
}
