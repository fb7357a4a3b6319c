package io.metanode.economy.machine;

import static io.metanode.economy.machine.EconomyChain.account;
import static io.metanode.economy.machine.EconomyChain.person;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.TransferStatus;
import io.metanode.economy.machine.Claim.Cited;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.poe.ExecutionIndex;
import io.metanode.economy.poe.PoeParameters;
import io.metanode.economy.poe.Usage;
import io.metanode.economy.supply.Purse;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.DecodingException;
import io.metanode.testkit.Gen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims of a provider (1) whose log came in LogBlocks of the real kind. */
class ClaimsTest {

  private static final int PROVIDER = 1;
  private static final int OTHER = 2;
  private static final AccountId PAID = account(PROVIDER, Token.NEX);
  private static final long HOUR = 3_600_000;
  private static final Usage USAGE =
      new Usage(1_000_000_000, 500_000_000, 1_000_000, 10_000_000, 100_000_000);

  private static final Usage SMALL = new Usage(1_000, 1_000, 0, 0, 1_000_000);

  private final EconomyChain chain = new EconomyChain(3);
  private final TestLog log = log("node.example/a", PROVIDER);
  private AccountId voter = AccountId.named("none yet");

  private TestLog log(String origin, int owner) {
    return new TestLog(origin, chain.genesis.chain().value(), person(owner));
  }

  @BeforeEach
  void admit() {
    voter = chain.voter(0, 9 * EconomyChain.WALLET);
    chain.enact(1, voter, new Change.SetProvider(person(PROVIDER), true));
    assertEquals(0, chain.perform(PROVIDER, new Step.Open(Token.NEX, 0, false, 0)));
    nextWindow();
  }

  @AfterEach
  void everythingIsAccountedFor() {
    assertEquals(List.of(), chain.faults());
    assertEquals(chain.state.root(), chain.replayed());
  }

  /** The next block is the first of a window. */
  private void nextWindow() {
    chain.now = (chain.now / HOUR + 1) * HOUR;
  }

  private long window() {
    return chain.now / HOUR * HOUR;
  }

  /** Has the ledger take so many LogBlocks of a log. */
  private void take(TestLog from, int count) {
    for (int i = 0; i < count; i++) {
      assertEquals(List.of(0), chain.block(from.next(USAGE)));
    }
  }

  private int claim(int sender, long window, Cited... cited) {
    return chain.perform(sender, new Operation.ClaimWindow(new Claim(window, List.of(cited))));
  }

  private void refused(ClaimStatus status, int sender, long window, Cited... cited) {
    assertEquals(status.code(), claim(sender, window, cited));
  }

  private static Amount worth(Usage usage) {
    return ExecutionIndex.of(usage, PoeParameters.DEFAULT).nex(PoeParameters.DEFAULT);
  }

  @Test
  void aWindowThatIsOverIsRewardedOnceForAllItsLogBlocks() {
    long window = window();
    take(log, 2);
    TestLog second = log("node.example/b", PROVIDER);
    take(second, 1);
    nextWindow();
    Cited both = new Cited(log.origin, 0, 2);
    Cited one = new Cited(second.origin, 0, 1);
    assertEquals(0, claim(PROVIDER, window, both, one));
    long reward = worth(USAGE.plus(USAGE).plus(USAGE)).units();
    assertEquals(reward, chain.available(PAID));
    assertEquals(
        Amount.tokens(200_000).units() - reward, chain.available(Purse.MINING.of(Token.NEX)));
    refused(ClaimStatus.CITED_BEFORE, PROVIDER, window, both, one);
    assertEquals(3, known(window).logBlocks());
    assertEquals(reward, known(window).reward().units());
  }

  private WindowClaim known(long window) {
    return chain
        .session()
        .fact(WindowClaim.of(person(PROVIDER), window), WindowClaim.class)
        .orElseThrow();
  }

  @Test
  void aWindowOfMoreLogBlocksThanAClaimMayCiteIsClaimedInSeveral() {
    long window = window();
    int all = Claim.MOST + 3;
    List<EconomyChain.Ask> batch = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      batch.add(log.next(SMALL));
      if (batch.size() == 100 || i == all - 1) {
        assertEquals(
            Collections.nCopies(batch.size(), 0),
            chain.block(batch.toArray(EconomyChain.Ask[]::new)));
        batch.clear();
      }
    }
    assertTrue(chain.now < window + HOUR, "all in one window");
    nextWindow();
    Assertions.assertThrows(
        IllegalArgumentException.class,
        () -> new Claim(window, List.of(new Cited(log.origin, 0, all))));
    assertEquals(0, claim(PROVIDER, window, new Cited(log.origin, 0, Claim.MOST)));
    refused(ClaimStatus.CITED_BEFORE, PROVIDER, window, new Cited(log.origin, 0, Claim.MOST));
    refused(ClaimStatus.CITED_BEFORE, PROVIDER, window, new Cited(log.origin, Claim.MOST - 1, 2));
    assertEquals(0, claim(PROVIDER, window, new Cited(log.origin, Claim.MOST, 3)));
    refused(ClaimStatus.CITED_UNKNOWN, PROVIDER, window, new Cited(log.origin, all, 1));
    Usage whole = Usage.NONE;
    for (int i = 0; i < all; i++) {
      whole = whole.plus(SMALL);
    }
    assertEquals(all, known(window).logBlocks());
    assertEquals(whole, known(window).usage());
    assertEquals(worth(whole), known(window).reward());
    assertEquals(worth(whole).units(), chain.available(PAID), "what one claim would bring");
  }

  @Test
  void howeverAWindowIsClaimedItBringsWhatOneClaimWould() {
    Gen gen = new Gen(5);
    for (int run = 0; run < 12; run++) {
      long window = window();
      long before = chain.available(PAID);
      int count = gen.intBetween(1, 12);
      Usage whole = Usage.NONE;
      for (int i = 0; i < count; i++) {
        Usage usage =
            new Usage(gen.between(1, 1L << 31), gen.between(0, 1L << 31), 0, 0, 1_000_000);
        whole = whole.plus(usage);
        assertEquals(List.of(0), chain.block(log.next(usage)));
      }
      nextWindow();
      long first = log.number() - count;
      long end = log.number();
      while (first < end) {
        int some = (int) gen.between(1, end - first);
        Cited cited = new Cited(log.origin, first, some);
        assertEquals(0, claim(PROVIDER, window, cited));
        refused(ClaimStatus.CITED_BEFORE, PROVIDER, window, cited);
        refused(
            ClaimStatus.CITED_BEFORE,
            PROVIDER,
            window,
            new Cited(log.origin, first + gen.between(0, some - 1), 1));
        first += some;
      }
      assertEquals(worth(whole).units(), chain.available(PAID) - before);
      nextWindow();
    }
  }

  @Test
  void aLaterPartIsWorthNothingWhereTheRulesPayLessByThen() {
    long window = window();
    take(log, 2);
    nextWindow();
    assertEquals(0, claim(PROVIDER, window, new Cited(log.origin, 0, 1)));
    Rules rules = Rules.DEFAULT;
    PoeParameters poe = rules.poe();
    chain.enact(
        2,
        voter,
        new Change.SetRules(
            new Rules(
                rules.windowMillis(),
                rules.epochMillis(),
                new PoeParameters(poe.weights(), Amount.tokens(1), poe.adoption()),
                rules.flx(),
                rules.voting())));
    assertEquals(
        TransferStatus.AMOUNT_ZERO.code(), claim(PROVIDER, window, new Cited(log.origin, 1, 1)));
  }

  @Test
  void noLogBlockIsCitedTwiceNorAfterALaterOne() {
    long window = window();
    take(log, 3);
    nextWindow();
    assertEquals(0, claim(PROVIDER, window, new Cited(log.origin, 1, 1)));
    // Windows of half the length: the second half of the hour is a window that was never claimed.
    Rules rules = Rules.DEFAULT;
    chain.enact(
        2,
        voter,
        new Change.SetRules(
            new Rules(1_800_000, rules.epochMillis(), rules.poe(), rules.flx(), rules.voting())));
    refused(ClaimStatus.CITED_BEFORE, PROVIDER, window, new Cited(log.origin, 0, 2));
    refused(ClaimStatus.CITED_BEFORE, PROVIDER, window, new Cited(log.origin, 1, 2));
    refused(
        ClaimStatus.CITED_OUTSIDE_WINDOW, PROVIDER, window + HOUR / 2, new Cited(log.origin, 1, 1));
    assertEquals(0, claim(PROVIDER, window, new Cited(log.origin, 2, 1)), "the last in a part");
  }

  @Test
  void aClaimOfLaterWindowsCannotReachBack() {
    take(log, 1);
    nextWindow();
    long second = window();
    take(log, 2);
    nextWindow();
    assertEquals(0, claim(PROVIDER, second, new Cited(log.origin, 2, 1)));
    refused(ClaimStatus.CITED_BEFORE, PROVIDER, second - HOUR, new Cited(log.origin, 0, 1));
  }

  @Test
  void onlyAnAdmittedProviderClaims() {
    long window = window();
    take(log, 1);
    TestLog stranger = log("other.example/x", OTHER);
    take(stranger, 1);
    nextWindow();
    refused(ClaimStatus.NOT_A_PROVIDER, OTHER, window, new Cited(stranger.origin, 0, 1));
    refused(ClaimStatus.CITED_NOT_OWNED, PROVIDER, window, new Cited(stranger.origin, 0, 1));
    chain.enact(3, voter, new Change.SetProvider(person(PROVIDER), false));
    refused(ClaimStatus.NOT_A_PROVIDER, PROVIDER, window, new Cited(log.origin, 0, 1));
  }

  @Test
  void aWindowBeginsWhenItDoesAndMustBeOver() {
    long window = window();
    take(log, 1);
    Cited cited = new Cited(log.origin, 0, 1);
    refused(ClaimStatus.WINDOW_UNKNOWN, PROVIDER, window + 1, cited);
    refused(ClaimStatus.WINDOW_OPEN, PROVIDER, window, cited);
    chain.now = window + HOUR - 101;
    refused(ClaimStatus.WINDOW_OPEN, PROVIDER, window, cited);
    assertEquals(0, claim(PROVIDER, window, cited), "the block at its end");
  }

  @Test
  void aLogBlockBelongsToTheWindowInWhichTheLedgerTookIt() {
    long window = window();
    take(log, 1);
    nextWindow();
    take(log, 1);
    nextWindow();
    refused(ClaimStatus.CITED_OUTSIDE_WINDOW, PROVIDER, window, new Cited(log.origin, 0, 2));
    refused(ClaimStatus.CITED_OUTSIDE_WINDOW, PROVIDER, window, new Cited(log.origin, 1, 1));
    refused(ClaimStatus.CITED_UNKNOWN, PROVIDER, window, new Cited(log.origin, 2, 1));
    refused(ClaimStatus.CITED_UNKNOWN, PROVIDER, window, new Cited(Bytes.of((byte) 'x'), 0, 1));
    assertEquals(0, claim(PROVIDER, window, new Cited(log.origin, 0, 1)));
    assertEquals(0, claim(PROVIDER, window + HOUR, new Cited(log.origin, 1, 1)));
    assertEquals(2 * worth(USAGE).units(), chain.available(PAID));
  }

  @Test
  void withoutAnAccountToBePaidIntoNothingIsClaimed() {
    chain.enact(3, voter, new Change.SetProvider(person(OTHER), true));
    nextWindow();
    long window = window();
    TestLog others = log("other.example/x", OTHER);
    take(others, 1);
    nextWindow();
    Cited cited = new Cited(others.origin, 0, 1);
    assertEquals(TransferStatus.CREDIT_ACCOUNT_UNKNOWN.code(), claim(OTHER, window, cited));
    assertEquals(0, chain.perform(OTHER, new Step.Open(Token.NEX, 0, false, 0)));
    assertEquals(0, claim(OTHER, window, cited), "the cursor did not move");
  }

  @Test
  void workThatIsWorthNothingAndSumsThatDoNotFitAreRefused() {
    long window = window();
    assertEquals(List.of(0), chain.block(log.next(Usage.NONE)));
    Usage most = new Usage(Long.MAX_VALUE, 0, 0, 0, 0);
    assertEquals(List.of(0, 0), chain.block(log.next(most), log.next(USAGE)));
    nextWindow();
    assertEquals(
        TransferStatus.AMOUNT_ZERO.code(), claim(PROVIDER, window, new Cited(log.origin, 0, 1)));
    assertEquals(
        StepStatus.SUM_TOO_LARGE.code(), claim(PROVIDER, window, new Cited(log.origin, 1, 2)));
    assertEquals(0, claim(PROVIDER, window, new Cited(log.origin, 1, 1)));
    assertTrue(chain.available(PAID) <= 1_000 * Amount.UNITS);
  }

  @Test
  void aClaimHasOneEncoding() throws Exception {
    Claim claim =
        new Claim(7, List.of(new Cited(Bytes.of((byte) 'a'), 0, 2), new Cited(log.origin, 4, 1)));
    assertEquals(claim, Claim.decode(claim.encode()));
    byte[] swapped = claim.encode().toArray();
    swapped[14] = 'z';
    Assertions.assertThrows(DecodingException.class, () -> Claim.decode(Bytes.of(swapped)));
    Assertions.assertThrows(
        IllegalArgumentException.class,
        () -> new Claim(0, List.of(new Cited(log.origin, 0, Claim.MOST + 1))));
  }
}
