package io.metanode.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.TestChain;
import io.metanode.ledger.block.SealedBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes torn at every byte, damage at every byte, a full disk: nothing durable is lost. */
class ChainCrashTest {

  private static final StoreOptions OPTIONS = new StoreOptions(1 << 20, 2, 4, 5);
  private static final String FILE = Segments.file(1);

  private final TestChain made = new TestChain(1, 3, 1);
  private final List<SealedBlock> blocks = new ArrayList<>();
  private final TornDisk disk = new TornDisk();
  private final List<Integer> offsets = new ArrayList<>();

  private Chain open(Disk from, KeyValues index) throws IOException {
    return Chain.open(made.genesis, made.machine, from, index, OPTIONS);
  }

  @BeforeEach
  void threeBlocks() throws IOException {
    Chain chain = open(disk, new MemoryKeyValues());
    for (int i = 0; i < 3; i++) {
      blocks.add(made.advance(made.transfer(0, 1, i + 1)));
      offsets.add(disk.bytes(FILE).length);
      chain.append(blocks.getLast());
    }
  }

  private static byte[] record(SealedBlock block) {
    LogRecord record = new LogRecord(4, block.encode());
    return new Encoder(record.length())
        .raw(record.frame())
        .raw(record.payload())
        .finish()
        .toArray();
  }

  @Test
  void writeTornAtEveryByteLosesThatBlockOrNothing() throws IOException {
    SealedBlock last = made.advance(made.transfer(1, 2, 9));
    byte[] record = record(last);
    for (int kept = 0; kept <= record.length; kept++) {
      TornDisk crashed = disk.copy();
      crashed.add(FILE, Arrays.copyOf(record, kept));
      Chain chain = open(crashed, new MemoryKeyValues());
      if (kept < record.length) {
        assertEquals(3, chain.ledger().head().height());
        chain.append(last);
      }
      assertEquals(made.ledger.state().root(), chain.ledger().state().root());
      assertEquals(4, open(crashed, new MemoryKeyValues()).ledger().head().height());
    }
  }

  @Test
  void writeOfWhichOnlyTheEndArrivedLosesThatBlock() throws IOException {
    SealedBlock last = made.advance(made.transfer(1, 2, 9));
    byte[] record = record(last);
    for (int zeros = 1; zeros <= record.length; zeros++) {
      byte[] holed = record.clone();
      Arrays.fill(holed, 0, zeros, (byte) 0);
      TornDisk crashed = disk.copy();
      crashed.add(FILE, holed);
      assertEquals(3, open(crashed, new MemoryKeyValues()).ledger().head().height());
    }
  }

  @Test
  void damageOfAnyByteBeforeTheLastBlockIsNamed() {
    for (int i = 0; i < offsets.get(2); i++) {
      TornDisk damaged = disk.copy();
      damaged.flip(FILE, i);
      CorruptionException e =
          assertThrows(
              CorruptionException.class, () -> open(damaged, new MemoryKeyValues()), "byte " + i);
      int block = i < offsets.get(1) ? 1 : 2;
      assertEquals(FILE, e.file());
      assertEquals(block, e.height());
      assertEquals((long) offsets.get(block - 1), e.offset());
    }
  }

  @Test
  void damageOfTheLastBlockIsNamedOnceTheIndexHasIt() throws IOException {
    MemoryKeyValues index = new MemoryKeyValues();
    open(disk, index).close();
    for (int i = offsets.get(2); i < disk.bytes(FILE).length; i += 7) {
      TornDisk damaged = disk.copy();
      damaged.flip(FILE, i);
      CorruptionException e =
          assertThrows(CorruptionException.class, () -> open(damaged, index), "byte " + i);
      assertEquals(3, e.height());
    }
  }

  @Test
  void blocksThatWereDurableAndAreGoneAreNamed() throws IOException {
    MemoryKeyValues index = new MemoryKeyValues();
    open(disk, index).close();
    TornDisk shorter = disk.copy();
    shorter.truncate(FILE, offsets.get(2));
    assertEquals(3, assertThrows(CorruptionException.class, () -> open(shorter, index)).height());
    TornDisk none = disk.copy();
    none.delete(FILE);
    assertThrows(CorruptionException.class, () -> open(none, index));
  }

  @Test
  void damagedIndexIsNamedAndMadeAgainFromTheBlocks() throws IOException {
    MemoryKeyValues index = new MemoryKeyValues();
    open(disk, index).close();
    index.forEach(
        IndexKeys.STATE,
        (key, value) -> {
          byte[] other = value.toArray();
          other[3] ^= 1;
          index.write(List.of(new KeyValues.Change(key, Optional.of(Bytes.of(other)))));
        });
    assertThrows(CorruptionException.class, () -> open(disk, index));
    Chain again = open(disk, new MemoryKeyValues());
    assertEquals(made.ledger.state().root(), again.ledger().state().root());
  }

  @Test
  void indexBehindTheBlocksCatchesUp() throws IOException {
    TornDisk other = new TornDisk();
    MemoryKeyValues lagging = new MemoryKeyValues();
    Chain writing = open(other, lagging);
    for (SealedBlock block : blocks) {
      writing.append(block);
    }
    Chain reopened = open(other, lagging.crashed());
    assertEquals(3, reopened.ledger().head().height());
    assertEquals(made.ledger.state().root(), reopened.ledger().state().root());
    assertEquals(
        3, reopened.transaction(blocks.get(2).block().ids().getFirst()).orElseThrow().height());
  }

  @Test
  void fullDiskStopsTheLogAndLosesNothing() throws IOException {
    Chain chain = open(disk, new MemoryKeyValues());
    SealedBlock last = made.advance(made.transfer(1, 2, 9));
    disk.leaveRoom(100);
    assertThrows(IOException.class, () -> chain.append(last));
    assertEquals(3, chain.ledger().head().height());
    disk.leaveRoom(1 << 20);
    assertThrows(IOException.class, () -> chain.append(last));
    Chain reopened = open(disk.crashed(FILE, 100), new MemoryKeyValues());
    assertEquals(3, reopened.ledger().head().height());
    reopened.append(last);
    assertEquals(made.ledger.state().root(), reopened.ledger().state().root());
  }
}
