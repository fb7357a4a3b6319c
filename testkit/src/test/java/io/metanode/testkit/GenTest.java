package io.metanode.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GenTest {

  @Test
  void drawsTheReferenceStreamOfSplitMix64() {
    Gen gen = new Gen(1234567);
    assertEquals(6457827717110365317L, gen.nextLong());
    assertEquals(3203168211198807973L, gen.nextLong());
    assertEquals(Long.parseUnsignedLong("9817491932198370423"), gen.nextLong());
  }

  @Test
  void staysBetweenItsBounds() {
    Property.check(
        "bounds",
        1000,
        gen -> {
          long least = gen.nextLong() / 4;
          long most = least + gen.between(0, 1000);
          long drawn = gen.between(least, most);
          assertTrue(least <= drawn && drawn <= most);
        });
  }

  @Test
  void failureNamesTheSeed() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> Property.check("always wrong", 1, gen -> assertEquals(1, 2)));
    assertTrue(String.valueOf(error.getMessage()).contains("-Dproperty.seed="));
  }
}
