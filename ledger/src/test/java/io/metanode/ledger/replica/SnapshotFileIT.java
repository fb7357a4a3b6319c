package io.metanode.ledger.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.ledger.TestChain;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.light.LightClient;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.store.CorruptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot's file is believed whole or not at all. */
final class SnapshotFileIT {

  private static final int BITS = 2;

  @TempDir Path directory;

  private final TestChain chain = new TestChain(1, 3, 4);
  private Path file = Path.of("");
  private LedgerState ledger = chain.ledger;
  private SealedBlock after = chain.advance();

  @BeforeEach
  void write() throws IOException {
    chain.advance(chain.transfer(0, 1, 5));
    ledger = chain.ledger;
    after = chain.advance();
    file = directory.resolve("snapshot");
    SnapshotFile.write(file, SnapshotOffer.of(ledger, after, List.of(), BITS), ledger);
  }

  private static LightClient trusting(TestChain chain) {
    return new LightClient(chain.genesis.digest(), 0, chain.genesis.validators());
  }

  private void assertRefused(String word) {
    CorruptionException e =
        assertThrows(CorruptionException.class, () -> SnapshotFile.read(file, trusting(chain)));
    assertTrue(String.valueOf(e.getMessage()).contains(word), e.getMessage());
  }

  @Test
  void itIsTheStateThatTheNextHeaderNames() throws IOException {
    LedgerState read = SnapshotFile.read(file, trusting(chain)).ledger();
    assertEquals(ledger.state().root(), read.state().root());
    assertEquals(ledger.head(), read.head());
    assertEquals(ledger.prior(chain.machine), read.prior(chain.machine));
  }

  @Test
  void noByteOfItCanBeChanged() throws IOException {
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i += 7) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      Files.write(file, bad);
      assertThrows(
          CorruptionException.class, () -> SnapshotFile.read(file, trusting(chain)), "byte " + i);
    }
  }

  @Test
  void itCanBeNeitherCutNorExtended() throws IOException {
    byte[] good = Files.readAllBytes(file);
    for (int length = 0; length < good.length; length += 97) {
      Files.write(file, Arrays.copyOf(good, length));
      assertRefused("it ends too early");
    }
    Files.write(file, Arrays.copyOf(good, good.length + 1));
    assertRefused("it goes on after its last chunk");
  }

  @Test
  void aStateThatTooFewSealedIsRefused() throws IOException {
    BlockHeader next = after.block().header();
    SealedBlock two =
        new SealedBlock(after.block(), chain.seal(next, chain.genesis.validators(), 2).encode());
    SnapshotFile.write(file, SnapshotOffer.of(ledger, two, List.of(), BITS), ledger);
    assertRefused("did not seal");
  }

  @Test
  void aStateThatTheSealedHeaderDoesNotNameIsRefused() throws IOException {
    LedgerState other = chain.ledger;
    SnapshotFile.write(file, SnapshotOffer.of(other, after, List.of(), BITS), other);
    assertRefused("did not seal");
  }

  @Test
  void aSnapshotOfAnotherChainIsRefused() throws IOException {
    TestChain stranger = new TestChain(2, 3, 4);
    stranger.advance();
    LedgerState theirs = stranger.ledger;
    SnapshotFile.write(file, SnapshotOffer.of(theirs, stranger.advance(), List.of(), BITS), theirs);
    assertRefused("did not seal");
  }
}
