package io.metanode.cli.ledger;

import io.metanode.cli.NodeHome;
import io.metanode.ledger.LedgerHome;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which validator's directory. */
public final class HomeOption {

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "the validator's directory (default: ledger in METANODE_HOME)")
  @Nullable Path directory;

  /** Its files. */
  public LedgerHome home() {
    return new LedgerHome(
        directory == null ? NodeHome.fromEnvironment().ledgerDirectory() : directory);
  }
}
