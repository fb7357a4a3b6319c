package io.metanode.ledger.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.BlsSecretKey;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.testkit.Gen;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ValidatorSetTest {

  private static final Gen GEN = new Gen(3);
  private static final List<Validator> ALL =
      Stream.generate(
              () ->
                  Validator.of(
                      PrivateKeySigner.generate(GEN).publicKey(),
                      BlsSecretKey.generate(GEN).publicKey()))
          .limit(13)
          .toList();

  private static ValidatorSet set(int size) {
    return new ValidatorSet(ALL.subList(0, size));
  }

  @Test
  void quorumsAreTwoThirdsRoundedUp() {
    List<Integer> quorums = IntStream.rangeClosed(1, 13).mapToObj(n -> set(n).quorum()).toList();
    assertEquals(List.of(1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 8, 8, 9), quorums);
  }

  /** What safety needs: two quorums meet in more validators than may be Byzantine. */
  @Test
  void twoQuorumsShareAnHonestValidatorAndTheHonestAreAQuorum() {
    for (int n = 1; n <= 13; n++) {
      ValidatorSet set = set(n);
      assertTrue(2 * set.quorum() - n > set.tolerated(), "safety at " + n);
      assertTrue(n - set.tolerated() >= set.quorum(), "liveness at " + n);
    }
  }

  @Test
  void leadersTakeTurnsByHeightAndByRound() {
    ValidatorSet set = set(4);
    assertEquals(ALL.get(1).id(), set.leader(new Height(1), Round.ZERO));
    assertEquals(ALL.get(2).id(), set.leader(new Height(2), Round.ZERO));
    assertEquals(ALL.get(3).id(), set.leader(new Height(1), new Round(2)));
    assertEquals(
        set.leader(new Height(Long.MAX_VALUE), new Round(Integer.MAX_VALUE)),
        set.leader(new Height(Long.MAX_VALUE % 4), new Round(Integer.MAX_VALUE % 4)));
  }

  @Test
  void bitmapsNameTheirSigners() {
    ValidatorSet set = set(10);
    List<ValidatorId> signers = List.of(ALL.get(0).id(), ALL.get(9).id());
    SignerBitmap bitmap = SignerBitmap.of(set, signers);
    assertEquals("0102", bitmap.toString());
    assertEquals(signers, bitmap.signers(set).orElseThrow().stream().map(Validator::id).toList());
  }

  @Test
  void bitmapsWithBitsPastTheLastMemberOrOfAnotherLengthAreRefused() {
    assertTrue(SignerBitmap.ofBytes(new byte[] {0x1f}).signers(set(4)).isEmpty());
    assertTrue(SignerBitmap.ofBytes(new byte[] {0x0f, 0}).signers(set(4)).isEmpty());
    assertTrue(SignerBitmap.ofBytes(new byte[0]).signers(set(4)).isEmpty());
  }

  @Test
  void emptySetsAndDoubleMembersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ValidatorSet(List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> new ValidatorSet(List.of(ALL.get(0), ALL.get(0))));
  }

  @Test
  void changesTakeEffectTwoHeightsAfterTheBlockThatOrdersThem() {
    ValidatorHistory history = new ValidatorHistory(set(4));
    history.change(new Height(5), set(7));
    assertEquals(set(4), history.at(new Height(6)));
    assertEquals(set(7), history.at(new Height(7)));
    assertThrows(IllegalArgumentException.class, () -> history.change(new Height(4), set(4)));
  }
}
