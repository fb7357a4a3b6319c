package io.metanode.cli.ledger;

import io.metanode.cli.NodeHome;
import io.metanode.cli.ScratchFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What benches that put load on validators have in common. */
public final class LoadOptions {

  /** Times {@link #batch} senders of a client. */
  public static final int ROUNDS = 4;

  /** Closed loops of transfers: so many that batches wait for each other little. */
  public static final int CLIENTS = 32;

  @Option(names = "--validators", description = "how many", defaultValue = "4")
  public int validators = 4;

  @Option(names = "--warm-up", description = "seconds before the measurement", defaultValue = "60")
  public int warmUp = 60;

  @Option(
      names = "--clients",
      description = "closed loops (default: 32, of receipts 12)",
      defaultValue = "0")
  int clients;

  @Option(names = "--batch", description = "transactions of a request", defaultValue = "100")
  public int batch = 100;

  @Option(
      names = "--block",
      description = "the most transactions of a block",
      defaultValue = "4096")
  public int block = 4096;

  @Option(names = "--dir", paramLabel = "DIR", description = "on whose disk (default: the home's)")
  @Nullable Path directory;

  /**
   * Closed loops.
   *
   * @param otherwise if nobody asked
   */
  public int clients(int otherwise) {
    return clients > 0 ? clients : otherwise;
  }

  /** A folder for one run, on the disk that was chosen. */
  public ScratchFolder scratch(String name) throws IOException {
    return ScratchFolder.in(
        directory == null ? NodeHome.fromEnvironment().directory() : directory, name);
  }
}
