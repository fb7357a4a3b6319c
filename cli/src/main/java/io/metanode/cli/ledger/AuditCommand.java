package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeLock;
import io.metanode.cli.ValidatorFacts;
import io.metanode.economy.EconomyAudit;
import io.metanode.economy.EconomyModule;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerContents;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LedgerNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Audits everything a ledger holds. */
@Command(
    name = "audit",
    description = {
      "Check every promise of the economy on all that the ledger holds, and print how much is where.",
      "Of a validator that runs it takes a snapshot, of one that is stopped its files; or a snapshot",
      "in a file. Snapshots are checked against the genesis. Exit 1: something is wrong; it is named."
    })
final class AuditCommand implements Callable<Integer> {

  @Mixin ApiOption api = new ApiOption();
  @Mixin Printed printed = new Printed();

  @Option(names = "--snapshot", paramLabel = "FILE", description = "audit this one")
  @Nullable Path snapshot;

  @Option(
      names = "--genesis",
      paramLabel = "FILE",
      description = "of the chain (default: that of the validator in --dir)")
  @Nullable Path genesis;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    EconomyAudit audit = EconomyAudit.of(contents());
    ObjectNode json = Printed.object().put("clean", audit.faults().isEmpty());
    json.setAll((ObjectNode) Printed.tree(audit.figures()));
    json.set("faults", Printed.tree(audit.faults()));
    printed.print(spec, json);
    return audit.faults().isEmpty() ? 0 : 1;
  }

  private LedgerContents contents() throws IOException {
    LedgerHome home = api.home.home();
    Path trusted = genesis == null ? home.genesis() : genesis;
    if (snapshot != null) {
      return LedgerContents.ofSnapshot(trusted, snapshot);
    }
    boolean runs =
        ValidatorFacts.read(home.status())
            .filter(f -> ProcessHandle.of(f.pid()).isPresent())
            .isPresent();
    if (api.url != null || runs) {
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
    Path file = Files.createTempFile("metanode-audit", ".snapshot");
    try (LedgerClient client = api.client()) {
      client.download("/v1/snapshot", file);
      return LedgerContents.ofSnapshot(trusted, file);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
