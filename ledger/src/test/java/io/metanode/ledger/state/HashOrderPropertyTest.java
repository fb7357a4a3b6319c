package io.metanode.ledger.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.foundation.Bytes32;
import io.metanode.testkit.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HashOrderPropertyTest {

  private record Element(Bytes32 key, int number) {}

  /** Also of keys that agree in their first bits, or altogether. */
  @Test
  void orderIsThatOfTheKeysAndStable() {
    Property.check(
        "hash order",
        200,
        gen -> {
          List<Element> elements = new ArrayList<>();
          int different = gen.intBetween(1, 32);
          for (int i = gen.intBetween(0, 300); i > 0; i--) {
            byte[] key = new byte[Bytes32.LENGTH];
            byte[] last = gen.bytes(different);
            System.arraycopy(last, 0, key, Bytes32.LENGTH - different, different);
            elements.add(new Element(Bytes32.of(key), i));
            if (gen.bool()) {
              elements.add(new Element(Bytes32.of(key), -i));
            }
          }
          List<Element> expected = new ArrayList<>(elements);
          expected.sort(Comparator.comparing(Element::key));
          assertEquals(expected, HashOrder.sorted(elements, Element::key));
        });
  }
}
