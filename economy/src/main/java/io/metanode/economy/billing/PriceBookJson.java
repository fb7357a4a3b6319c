package io.metanode.economy.billing;

import static io.metanode.economy.billing.CanonicalJson.items;
import static io.metanode.economy.billing.CanonicalJson.members;
import static io.metanode.economy.billing.CanonicalJson.text;

import io.metanode.crypto.Sha256;
import io.metanode.economy.DocumentException;
import io.metanode.economy.money.Amount;
import io.metanode.economy.poe.Component;
import io.metanode.foundation.Bytes32;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A price book as JSON (docs/formats/billing.md). What stands for the book is SHA-256 of its
 * canonical form, however the file was written.
 */
public final class PriceBookJson {

  private static final String TYPE = "https://metanode.io/PriceBook/v1";

  private PriceBookJson() {}

  /** The canonical form. */
  public static byte[] write(PriceBook book) {
    return write(book.lists());
  }

  private static byte[] write(List<PriceList> lists) {
    return members("type", text(TYPE), "versions", items(lists, PriceBookJson::list)).bytes();
  }

  private static CanonicalJson list(PriceList list) {
    TreeMap<String, CanonicalJson> prices = new TreeMap<>();
    for (Component component : Component.values()) {
      prices.put(name(component), text(list.price(component)));
    }
    return members(
        "from", text(Instant.ofEpochMilli(list.from())),
        "prices", new CanonicalJson.Members(prices),
        "version", text(list.version()));
  }

  static String name(Component component) {
    return component.name().toLowerCase(Locale.ROOT);
  }

  /** SHA-256 of the canonical form. */
  public static Bytes32 digest(PriceBook book) {
    return Bytes32.of(Sha256.of(write(book)));
  }

  /**
   * Whether a book with this digest, under which an hour was closed, can have become this one:
   * versions may have been added since, none of which begins by that hour's begin.
   */
  public static boolean follows(PriceBook book, Bytes32 digest, long hour) {
    List<PriceList> lists = book.lists();
    for (int size = lists.size(); size > 0; size--) {
      if (Bytes32.of(Sha256.of(write(lists.subList(0, size)))).equals(digest)) {
        return size == lists.size() || lists.get(size).from() > hour * Settlement.HOUR_MILLIS;
      }
    }
    return false;
  }

  /**
   * Reads a book.
   *
   * @throws DocumentException if it is none, naming the place
   */
  public static PriceBook read(byte[] json) throws DocumentException {
    Document document = Document.parse(json, TYPE);
    List<PriceList> lists = new ArrayList<>();
    for (Document list : document.items("versions")) {
      Document prices = list.object("prices");
      Map<Component, Amount> amounts = new EnumMap<>(Component.class);
      for (Component component : Component.values()) {
        amounts.put(component, prices.amount(name(component)));
      }
      prices.requireOnly(amounts.keySet().stream().map(PriceBookJson::name).toList());
      list.requireOnly(List.of("from", "prices", "version"));
      try {
        lists.add(new PriceList((int) list.number("version"), list.millis("from"), amounts));
      } catch (IllegalArgumentException e) {
        throw list.wrong("version", String.valueOf(e.getMessage()));
      }
    }
    document.requireOnly(List.of("type", "versions"));
    if (lists.isEmpty()) {
      throw document.wrong("versions", "a price book has one version or more");
    }
    try {
      return new PriceBook(lists);
    } catch (IllegalArgumentException e) {
      throw document.wrong("versions", String.valueOf(e.getMessage()));
    }
  }
}
