package io.metanode.ledger.ibft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.simulation.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Each mutation is caught by the seed that mutations.txt names, which unmutated rules survive. */
class MutationTest {

  private record Catch(Mutation mutation, long seed, String property) {
    static Catch parse(String line) {
      String[] parts = line.split(" ", -1);
      return new Catch(Mutation.valueOf(parts[0]), Long.parseLong(parts[1]), parts[2]);
    }
  }

  private static List<Catch> catches() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(MutationTest.class.getResourceAsStream("mutations.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(Catch::parse)
          .toList();
    }
  }

  @Test
  void theListIsComplete() throws IOException {
    assertEquals(List.of(Mutation.values()), catches().stream().map(Catch::mutation).toList());
    assertTrue(catches().size() >= 20);
  }

  @Test
  void everyMutationIsCaughtByItsSeed() throws IOException {
    for (Catch entry : catches()) {
      Run run = MutationSearch.run(entry.mutation(), entry.seed());
      assertEquals(
          entry.property(),
          run.violation().map(MutationSearch::property).orElse("nothing"),
          entry.toString());
    }
  }

  @Test
  void theSameSeedsPassWithoutMutations() throws IOException {
    for (long seed : catches().stream().map(Catch::seed).distinct().toList()) {
      assertTrue(Run.of(seed, QbftEngine::create).violation().isEmpty(), "seed " + seed);
    }
  }
}
