package io.metanode.cli.economy;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeLock;
import io.metanode.cli.ValidatorFacts;
import io.metanode.cli.Waiting;
import io.metanode.cli.ledger.ApiOption;
import io.metanode.economy.EconomyModule;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerContents;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LedgerNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All that a ledger holds: of a validator that runs, of one that is stopped, or of a snapshot. */
final class ContentsOption {

  /** A snapshot is of the block before the last, so there must be two. */
  private static final long BLOCKS = 2;

  @Mixin ApiOption api = new ApiOption();

  @Option(names = "--snapshot", paramLabel = "FILE", description = "look at this one")
  @Nullable Path snapshot;

  @Option(
      names = "--genesis",
      paramLabel = "FILE",
      description = "of the chain (default: that of the validator in --dir)")
  @Nullable Path genesis;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description = "for the first two blocks of a new chain (default: ${DEFAULT-VALUE})",
      defaultValue = "30")
  int wait = 30;

  LedgerContents contents() throws IOException {
    LedgerHome home = api.home();
    Path trusted = genesis == null ? home.genesis() : genesis;
    if (snapshot != null) {
      return LedgerContents.ofSnapshot(trusted, snapshot);
    }
    boolean runs =
        ValidatorFacts.read(home.status())
            .filter(f -> ProcessHandle.of(f.pid()).isPresent())
            .isPresent();
    if (api.isNamed() || runs) {
      return ofRunning(trusted);
    }
    if (!LedgerNode.isIn(home)) {
      throw new CommandException(
          "no validator in " + home.directory() + "; name one with --dir, or a --snapshot");
    }
    Optional<NodeLock> lock = NodeLock.acquire(home.lock());
    if (lock.isEmpty()) {
      throw new CommandException("a validator is just starting on " + home.directory());
    }
    try (NodeLock _ = lock.get()) {
      return LedgerContents.ofHome(home, new EconomyModule());
    }
  }

  private LedgerContents ofRunning(Path trusted) throws IOException {
    if (Files.notExists(trusted)) {
      throw new CommandException(
          "what a validator gives is checked against the chain's genesis, and "
              + trusted
              + " is not there; name it with --genesis");
    }
    Path file = Files.createTempFile("metanode-contents", ".snapshot");
    try (LedgerClient client = api.client()) {
      awaitBlocks(client);
      client.download("/v1/snapshot", file);
      return LedgerContents.ofSnapshot(trusted, file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void awaitBlocks(LedgerClient client) throws IOException {
    boolean there =
        Waiting.until(
            () -> height(client) >= BLOCKS, Duration.ofSeconds(wait), "waiting for two blocks");
    if (!there) {
      throw new CommandException(
          "the chain has not decided two blocks in %d s, and only then is there something to look at: submit a transaction, or stop the validator and try again"
              .formatted(wait));
    }
  }

  private static long height(LedgerClient client) {
    try {
      return client.get("/v1/status").required("height").asLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
