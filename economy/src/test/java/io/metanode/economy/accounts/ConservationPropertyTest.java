package io.metanode.economy.accounts;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.testkit.Property;
import org.junit.jupiter.api.Test;

/** Many transfers, few checks; {@code metanode bench accounts} runs as many as one likes. */
class ConservationPropertyTest {

  @Test
  void nothingIsMadeOrLost() {
    Property.check(
        "conservation",
        4,
        gen -> {
          long done = RandomTransfers.run(100_000, gen.intBetween(2, 500), gen.nextLong());
          assertTrue(done > 50_000 / 2, done + " transfers were done");
        });
  }
}
