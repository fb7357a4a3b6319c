package io.metanode.economy.machine;

import io.metanode.economy.price.PriceRules;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.LedgerModule.Place;
import java.util.List;

/**
 * Who quotes the price of FLX.
 *
 * @param rules when quotes make a price
 * @param keys of the sources
 */
public record Sources(PriceRules rules, List<Bytes32> keys) implements Fact {

  static final int TAG = 33;
  static final Place PLACE = new Place(TAG, Bytes32.ZERO);

  public static final Sources NONE = new Sources(PriceRules.DEFAULT, List.of());

  public Sources {
    keys = Keys.distinct(keys);
  }

  @Override
  public Place place() {
    return PLACE;
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.u32(rules.leastSources()).u64(rules.staleMillis()).u64(rules.spread());
    out.u64(rules.dailyMove());
    Keys.encode(keys, out);
  }

  static Sources decodeFields(Decoder in) throws DecodingException {
    int least = in.u31();
    long stale = in.u63();
    long spread = in.u63();
    long move = in.u63();
    List<Bytes32> keys = Keys.decode(in);
    return Fields.valid(in, () -> new Sources(new PriceRules(least, stale, spread, move), keys));
  }
}
