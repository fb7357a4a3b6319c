package io.metanode.economy.machine;

import io.metanode.economy.billing.PriceBook;
import io.metanode.economy.billing.PriceList;
import io.metanode.economy.money.Amount;
import io.metanode.economy.poe.Component;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.LedgerModule.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All versions of the prices of usage. */
public record PriceBookFact(PriceBook book) implements Fact {

  static final int TAG = 36;
  public static final Place PLACE = new Place(TAG, Bytes32.ZERO);

  /** The most versions there may be. */
  static final int MOST = 4096;

  private static final int LENGTH = 4 + 8 + 5 * 8;

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
    out.u32(book.lists().size());
    book.lists().forEach(list -> encode(list, out));
  }

  static PriceBookFact decodeFields(Decoder in) throws DecodingException {
    int count = in.count(MOST, LENGTH);
    List<PriceList> lists = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lists.add(decodeList(in));
    }
    return Fields.valid(in, () -> new PriceBookFact(new PriceBook(lists)));
  }

  static void encode(PriceList list, Encoder out) {
    out.u32(list.version()).u64(list.from());
    for (Component component : Component.values()) {
      out.u64(list.price(component).units());
    }
  }

  static PriceList decodeList(Decoder in) throws DecodingException {
    int version = in.u31();
    long from = in.u63();
    Map<Component, Amount> prices = new EnumMap<>(Component.class);
    for (Component component : Component.values()) {
      prices.put(component, Fields.amount(in));
    }
    if (version < 1) {
      throw in.fault(DecodingFault.OUT_OF_RANGE, "version " + version);
    }
    return new PriceList(version, from, prices);
  }
}
