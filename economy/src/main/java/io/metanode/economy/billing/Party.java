package io.metanode.economy.billing;

import static io.metanode.economy.billing.CanonicalJson.items;
import static io.metanode.economy.billing.CanonicalJson.text;

import io.metanode.economy.DocumentException;
import java.util.List;
import java.util.TreeMap;

/**
 * Who sells or buys, as an invoice names them.
 *
 * @param address lines
 * @param vatId the VAT identification number; empty where there is none
 */
record Party(String name, List<String> address, String vatId) {

  private static final int LONGEST = 200;
  private static final int MOST_LINES = 8;
  private static final List<String> MEMBERS = List.of("address", "name", "vatId");

  Party {
    address = List.copyOf(address);
  }

  static Party read(Document document) throws DocumentException {
    return read(document, MEMBERS);
  }

  /**
   * @param known the members there may be, these three among them
   */
  static Party read(Document document, List<String> known) throws DocumentException {
    document.requireOnly(known);
    Party party =
        new Party(document.text("name"), document.texts("address"), document.text("vatId", ""));
    if (party.address.size() > MOST_LINES) {
      throw document.wrong("address", "has more than " + MOST_LINES + " lines");
    }
    check(document, "name", party.name);
    check(document, "vatId", party.vatId);
    for (String line : party.address) {
      check(document, "address", line);
    }
    return party;
  }

  private static void check(Document document, String member, String text)
      throws DocumentException {
    if (text.length() > LONGEST || text.codePoints().anyMatch(Character::isISOControl)) {
      throw document.wrong(
          member, "is longer than " + LONGEST + " characters or holds control characters");
    }
  }

  CanonicalJson json() {
    TreeMap<String, CanonicalJson> members = new TreeMap<>();
    members.put("address", items(address, CanonicalJson::text));
    members.put("name", text(name));
    if (!vatId.isEmpty()) {
      members.put("vatId", text(vatId));
    }
    return new CanonicalJson.Members(members);
  }
}
