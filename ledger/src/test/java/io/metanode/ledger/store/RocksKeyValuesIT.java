package io.metanode.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.TestChain;
import io.metanode.ledger.block.SealedBlock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real disk and the real index. */
class RocksKeyValuesIT {

  @TempDir Path directory;

  private final TestChain made = new TestChain(5, 4, 1);

  private Chain open() throws IOException {
    return Chain.open(
        made.genesis,
        made.machine,
        new DirectoryDisk(directory.resolve("blocks")),
        new RocksKeyValues(directory.resolve("index")),
        new StoreOptions(4_000, 3, 8, 9));
  }

  private SealedBlock next() {
    return made.advance(made.transfer(0, 1, 1), made.transfer(1, 2, 1));
  }

  @Test
  void batchesAreReadBackInOrder() throws IOException {
    try (RocksKeyValues values = new RocksKeyValues(directory.resolve("kv"))) {
      Bytes one = Bytes.of(new byte[] {3, 1});
      Bytes two = Bytes.of(new byte[] {3, 2});
      Bytes other = Bytes.of(new byte[] {4});
      values.write(
          List.of(
              new KeyValues.Change(two, Optional.of(one)),
              new KeyValues.Change(one, Optional.of(two)),
              new KeyValues.Change(other, Optional.of(two))));
      List<Bytes> keys = new ArrayList<>();
      values.forEach((byte) 3, (key, _) -> keys.add(key));
      assertEquals(List.of(one, two), keys);
      values.write(List.of(new KeyValues.Change(one, Optional.empty())));
      assertEquals(Optional.empty(), values.get(one));
      assertEquals(Optional.of(one), values.get(two));
    }
  }

  @Test
  void chainIsThereAfterReopeningAndPruning() throws IOException {
    List<SealedBlock> blocks = new ArrayList<>();
    try (Chain chain = open()) {
      for (int i = 0; i < 20; i++) {
        blocks.add(next());
        chain.append(blocks.getLast());
      }
      while (chain.prune(10)) {}
    }
    try (Chain chain = open()) {
      assertEquals(made.ledger.state().root(), chain.ledger().state().root());
      assertEquals(Optional.of(blocks.get(14)), chain.block(15));
      assertTrue(chain.block(1).isEmpty());
      chain.append(next());
    }
  }
}
