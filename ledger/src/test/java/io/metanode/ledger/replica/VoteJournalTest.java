package io.metanode.ledger.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.store.CorruptionException;
import io.metanode.ledger.store.TornDisk;
import io.metanode.testkit.Property;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VoteJournalTest {

  private static final Bytes ONE = Bytes.ofHex("01");
  private static final Bytes TWO = Bytes.ofHex("0202");
  private static final Bytes BLOCK = Bytes.ofHex("bbbb");

  @Test
  void theLastEntryAndTheLastLockedBlockAreThereAgain() throws IOException {
    TornDisk disk = new TornDisk();
    VoteJournal journal = VoteJournal.open(disk);
    assertTrue(journal.record().isEmpty());
    journal.write(ONE, Optional.of(BLOCK));
    journal.write(TWO, Optional.empty());
    for (int i = 0; i < 3; i++) {
      VoteJournal again = VoteJournal.open(disk);
      assertEquals(Optional.of(TWO), again.record());
      assertEquals(Optional.of(BLOCK), again.locked());
      assertEquals(1, disk.list().size());
    }
  }

  @Test
  void aTornEntryIsAsIfNeverWritten() {
    Property.check(
        "torn vote",
        60,
        gen -> {
          TornDisk disk = new TornDisk();
          VoteJournal journal = VoteJournal.open(disk);
          journal.write(ONE, Optional.of(BLOCK));
          String file = disk.list().getFirst();
          byte[] before = disk.bytes(file).clone();
          journal.write(Bytes.of(gen.bytes(40)), Optional.empty());
          int torn = gen.intBetween(before.length, disk.bytes(file).length - 1);
          disk.truncate(file, torn);
          VoteJournal again = VoteJournal.open(disk);
          assertEquals(Optional.of(ONE), again.record());
          assertEquals(Optional.of(BLOCK), again.locked());
        });
  }

  @Test
  void damageToAnEntryThatOthersFollowIsRefused() throws IOException {
    TornDisk disk = new TornDisk();
    VoteJournal journal = VoteJournal.open(disk);
    journal.write(ONE, Optional.of(BLOCK));
    journal.write(TWO, Optional.empty());
    disk.flip(disk.list().getFirst(), 9);
    assertThrows(CorruptionException.class, () -> VoteJournal.open(disk));
  }

  @Test
  void aFullFileGivesWayToANewOne() throws IOException {
    TornDisk disk = new TornDisk();
    VoteJournal journal = VoteJournal.open(disk);
    Bytes large = Bytes.of(new byte[1 << 20]);
    journal.write(ONE, Optional.of(BLOCK));
    for (int i = 0; i < 18; i++) {
      journal.write(large, Optional.empty());
    }
    assertEquals(1, disk.list().size());
    assertTrue(disk.length(disk.list().getFirst()) < 3 << 20);
    VoteJournal again = VoteJournal.open(disk);
    assertEquals(Optional.of(large), again.record());
    assertEquals(Optional.of(BLOCK), again.locked());
  }
}
