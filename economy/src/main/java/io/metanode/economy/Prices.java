package io.metanode.economy;

import io.metanode.economy.billing.PriceBook;
import io.metanode.economy.billing.PriceBookJson;
import io.metanode.foundation.Bytes32;

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
   * Whether a book with this digest, in force at {@code time}, can have become this one: versions
   * may have been added since, none of which begins before that time.
   *
   * @param time in milliseconds since 1970
   */
  public boolean follows(Bytes32 digest, long time) {
    return PriceBookJson.follows(book, digest, time);
  }
}
