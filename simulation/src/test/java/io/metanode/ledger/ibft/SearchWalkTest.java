package io.metanode.ledger.ibft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.Height;
import io.metanode.testkit.Gen;
import org.junit.jupiter.api.Test;

/**
 * Validators that nothing is left out of get nowhere that the search has not been; and, where walks
 * suffice to see everything, everywhere that it has.
 */
class SearchWalkTest {

  private static final int STEPS = 100;

  private static StateSearch searched(SearchScope scope) {
    StateSearch search = new StateSearch(scope);
    assertTrue(search.run(Long.MAX_VALUE).complete());
    return search;
  }

  /** How many of the states of a search walks came by, until they have seen all of them. */
  private static long walk(SearchScope scope, StateSearch search, int walks) {
    LongSet visited = new LongSet();
    for (long seed = 1; seed <= walks && visited.size() < search.seen().size(); seed++) {
      SearchWalk walk = new SearchWalk(scope, search.moves(), new Gen(seed));
      for (int i = 0; i < STEPS; i++) {
        walk.step();
        assertTrue(search.seen().contains(walk.world()), scope + " seed " + seed + " step " + i);
        visited.add(walk.world());
      }
      for (Digest digest : walk.decidable()) {
        assertTrue(walk.view().founds(digest), scope + " seed " + seed + " decided " + digest);
      }
    }
    return visited.size();
  }

  @Test
  void oneRoundIsWhatWalksSee() {
    for (int byzantine = 0; byzantine < 4; byzantine++) {
      SearchScope scope = new SearchScope(new Height(1), byzantine, 1, false);
      StateSearch search = searched(scope);
      assertEquals(search.seen().size(), walk(scope, search, 20_000), scope::toString);
    }
  }

  @Test
  void walksThroughThreeRoundsStayWithinTheSearch() {
    for (int byzantine = 0; byzantine < 4; byzantine++) {
      SearchScope scope = new SearchScope(new Height(1), byzantine, 3, false);
      assertTrue(walk(scope, searched(scope), 1_000) > 200, scope::toString);
    }
  }

  @Test
  void walksWithCrashesStayWithinTheSearch() {
    for (int byzantine = 0; byzantine < 4; byzantine++) {
      SearchScope scope = new SearchScope(new Height(1), byzantine, 2, true);
      assertTrue(walk(scope, searched(scope), 1_000) > 200, scope::toString);
    }
  }
}
