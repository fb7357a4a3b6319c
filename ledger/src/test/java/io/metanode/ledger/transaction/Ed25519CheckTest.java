package io.metanode.ledger.transaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.crypto.NativeLanes;
import io.metanode.ledger.TestChain;
import io.metanode.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class Ed25519CheckTest {

  private static final int SENDERS = 4;
  private static final int CHUNKS = 12;
  private static final int CHUNK = 37;

  private static List<NativeLanes> lanes() {
    return NativeLanes.available();
  }

  /** Long enough for every sender to get a table, where there are any. */
  @ParameterizedTest
  @MethodSource("lanes")
  void verdictsAreThoseOfWhatWasSignedWhateverChecksThem(NativeLanes lanes) {
    TestChain chain = new TestChain(1, SENDERS, 1);
    Gen gen = new Gen(3);
    Ed25519Check check = new Ed25519Check(64, lanes);
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      List<Transaction> transactions = new ArrayList<>();
      boolean[] expected = new boolean[CHUNK];
      for (int i = 0; i < CHUNK; i++) {
        int number = chunk * CHUNK + i;
        Transaction made =
            chain.transfer(number % SENDERS, (number + 1) % SENDERS, 1 + number / SENDERS);
        expected[i] = gen.intBetween(0, 4) > 0;
        transactions.add(expected[i] ? made : forged(made, gen));
      }
      assertArrayEquals(expected, check.hold(transactions), "chunk " + chunk);
    }
    assertEquals(lanes == NativeLanes.PROVIDER ? 0 : SENDERS, check.tables());
  }

  private static Transaction forged(Transaction transaction, Gen gen) {
    byte[] signature = transaction.signature();
    signature[gen.intBetween(0, signature.length - 1)] ^= (byte) (1 << gen.intBetween(0, 7));
    return transaction.draft().with(signature);
  }
}
