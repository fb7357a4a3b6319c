package io.metanode.ledger;

import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.light.LightClient;
import io.metanode.ledger.replica.SnapshotFile;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.store.Chain;
import io.metanode.ledger.store.DirectoryDisk;
import io.metanode.ledger.store.KeyValues;
import io.metanode.ledger.store.RocksKeyValues;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Snapshots of the ledger as files: checked against the certificates of the validators since the
 * genesis, whoever they come from.
 *
 * @param height of the block after which the state is
 * @param head that block's id
 * @param stateRoot of the state
 */
public record LedgerSnapshot(long height, String head, String stateRoot) {

  /**
   * Checks a snapshot, all of it.
   *
   * @throws IOException if it is damaged or forged, or of another chain than the genesis
   */
  public static LedgerSnapshot verify(Path genesis, Path file) throws IOException {
    return of(read(LedgerSetup.genesis(genesis), file));
  }

  /**
   * Checks a snapshot and has a validator begin with it. It must have no blocks, and must not run.
   *
   * @throws IOException if the snapshot does not hold, or there are blocks
   */
  public static LedgerSnapshot install(LedgerHome home, Path file) throws IOException {
    SnapshotFile.Content content = read(LedgerSetup.genesis(home.genesis()), file);
    try (KeyValues index = new RocksKeyValues(home.index())) {
      Chain.begin(content.ledger(), content.changes(), new DirectoryDisk(home.blocks()), index);
    }
    return of(content);
  }

  static SnapshotFile.Content read(Genesis genesis, Path file) throws IOException {
    return SnapshotFile.read(file, new LightClient(genesis.digest(), 0, genesis.validators()));
  }

  private static LedgerSnapshot of(SnapshotFile.Content content) {
    BlockHeader head = content.ledger().head();
    return new LedgerSnapshot(
        head.height(), head.id().toString(), content.ledger().state().root().toString());
  }
}
