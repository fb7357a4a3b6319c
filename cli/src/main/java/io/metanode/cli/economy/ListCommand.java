package io.metanode.cli.economy;

import io.metanode.cli.ledger.Printed;
import io.metanode.economy.EconomyListing;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Lists what a ledger holds of one kind. */
@Command(
    name = "list",
    description =
        "List all proposals, providers, rewarded windows or accounts that the ledger holds, from a "
            + "snapshot that is checked against the genesis.")
final class ListCommand implements Callable<Integer> {

  enum Kind {
    proposals,
    providers,
    windows,
    accounts
  }

  @Mixin ContentsOption source = new ContentsOption();
  @Mixin Printed printed = new Printed();

  @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
  Kind kind = Kind.proposals;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    EconomyListing listing = EconomyListing.valueOf(kind.name().toUpperCase(Locale.ROOT));
    ObjectNode json = Printed.object();
    json.set(kind.name(), Printed.tree(listing.of(source.contents())));
    printed.print(spec, json);
    return 0;
  }
}
