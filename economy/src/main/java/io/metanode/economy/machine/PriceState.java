package io.metanode.economy.machine;

import io.metanode.economy.money.Amount;
import io.metanode.economy.price.PriceBoard.Rate;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.LedgerModule.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * What sources said of the price of FLX, and what came of it.
 *
 * @param quotes the newest of each source
 * @param posted the rates that stood in the last day, the oldest first
 * @param disagree whether the sources disagreed when they were last asked
 */
public record PriceState(List<Quoted> quotes, List<Rate> posted, boolean disagree) implements Fact {

  static final int TAG = 32;
  static final Place PLACE = new Place(TAG, Bytes32.ZERO);
  static final PriceState NONE = new PriceState(List.of(), List.of(), false);

  /**
   * A quote.
   *
   * @param price of one FLX, in AUR
   * @param time of its block, in milliseconds
   */
  public record Quoted(Bytes32 source, Amount price, long time) {}

  public PriceState {
    quotes = List.copyOf(quotes);
    posted = List.copyOf(posted);
  }

  PriceState with(Quoted quote) {
    List<Quoted> newest = new ArrayList<>(quotes);
    newest.removeIf(known -> known.source().equals(quote.source()));
    newest.add(quote);
    return new PriceState(newest, posted, disagree);
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
    out.u16(quotes.size());
    for (Quoted quote : quotes) {
      out.bytes32(quote.source()).u64(quote.price().units()).u64(quote.time());
    }
    out.u16(posted.size());
    posted.forEach(rate -> out.u64(rate.price().units()).u64(rate.time()));
    out.u8(disagree ? 1 : 0);
  }

  static PriceState decodeFields(Decoder in) throws DecodingException {
    List<Quoted> quotes = new ArrayList<>();
    for (int left = count(in); left > 0; left--) {
      quotes.add(new Quoted(in.bytes32(), Fields.amount(in), in.u63()));
    }
    List<Rate> posted = new ArrayList<>();
    for (int left = count(in); left > 0; left--) {
      posted.add(new Rate(Fields.amount(in), in.u63()));
    }
    return new PriceState(quotes, posted, Fields.flag(in));
  }

  private static int count(Decoder in) throws DecodingException {
    int count = in.u16();
    if (count * 16L > in.remaining()) {
      throw in.fault(DecodingFault.TRUNCATED, count + " prices");
    }
    return count;
  }
}
