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

  @Option(names = "--validators", description = "how many", defaultValue = "4")
  public int validators = 4;

  @Option(names = "--warm-up", description = "seconds before the measurement", defaultValue = "15")
  public int warmUp = 15;

  @Option(names = "--clients", description = "closed loops", defaultValue = "32")
  public int clients = 32;

  @Option(names = "--batch", description = "transactions of a request", defaultValue = "100")
  public int batch = 100;

  @Option(
      names = "--block",
      description = "the most transactions of a block",
      defaultValue = "4096")
  public int block = 4096;

  @Option(names = "--dir", paramLabel = "DIR", description = "on whose disk (default: the home's)")
  @Nullable Path directory;

  /** A folder for one run, on the disk that was chosen. */
  public ScratchFolder scratch(String name) throws IOException {
    return ScratchFolder.in(
        directory == null ? NodeHome.fromEnvironment().directory() : directory, name);
  }
}
