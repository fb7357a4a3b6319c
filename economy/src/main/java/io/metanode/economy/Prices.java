package io.metanode.economy;

import io.metanode.economy.billing.PriceBook;
import io.metanode.economy.billing.PriceBookJson;
import io.metanode.economy.machine.Fact;
import io.metanode.economy.machine.PriceBookFact;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.LedgerProof;
import java.util.HexFormat;

/** A price book: every version of the prices, and from when each holds. */
public final class Prices {

  /** The prices the network begins with. */
  public static final Prices FIRST = new Prices(PriceBook.FIRST);

  private final PriceBook book;

  private Prices(PriceBook book) {
    this.book = book;
  }

  /**
   * Reads a book (docs/formats/billing.md).
   *
   * @throws DocumentException if it is none, naming the place
   */
  public static Prices read(byte[] json) throws DocumentException {
    return new Prices(PriceBookJson.read(json));
  }

  /**
   * Reads what a ledger's state has.
   *
   * @param key the state key that a proof is about
   * @param value hexadecimal digits; {@code none} if the state has nothing there, which stands for
   *     {@link #FIRST}
   * @throws DocumentException if the key is another, or the value no price book
   */
  static Prices ofLedger(String key, String value) throws DocumentException {
    if (!key.equals(LedgerProof.moduleKey(PriceBookFact.PLACE))) {
      throw new DocumentException("that is something else of the state, not the price book");
    }
    if (value.equals("none")) {
      return FIRST;
    }
    try {
      Bytes encoded = Bytes.of(HexFormat.of().parseHex(value));
      return new Prices(((PriceBookFact) Fact.decode(encoded)).book());
    } catch (DecodingException | IllegalArgumentException | ClassCastException e) {
      throw new DocumentException("the state has no price book: " + e.getMessage());
    }
  }

  /** Whether the book is another with versions added, or none. */
  public boolean extendsBook(Prices other) {
    return follows(other.digest(), Closed.NONE.hour());
  }

  PriceBook book() {
    return book;
  }

  /** The canonical form. */
  public byte[] json() {
    return PriceBookJson.write(book);
  }

  /** SHA-256 of the canonical form. */
  public Bytes32 digest() {
    return PriceBookJson.digest(book);
  }

  /**
   * Whether a book with this digest, under which an hour was closed, can have become this one:
   * versions may have been added since, none of which begins by that hour's begin. So all that was
   * settled costs what it did.
   *
   * @param hour its number since 1970
   */
  public boolean follows(Bytes32 digest, long hour) {
    return PriceBookJson.follows(book, digest, hour);
  }
}
