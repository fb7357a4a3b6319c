package io.metanode.cli.economy;

import io.metanode.cli.ledger.Printed;
import io.metanode.economy.EconomyAudit;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Audits everything a ledger holds. */
@Command(
    name = "audit",
    description = {
      "Check every promise of the economy on all that the ledger holds, and print how much is where.",
      "Of a validator that runs it takes a snapshot, of one that is stopped its files; or a snapshot "
          + "in a file. Snapshots are checked against the genesis. Exit 1: something is wrong; it is named."
    })
final class AuditCommand implements Callable<Integer> {

  @Mixin ContentsOption source = new ContentsOption();
  @Mixin Printed printed = new Printed();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    EconomyAudit audit = EconomyAudit.of(source.contents());
    ObjectNode json = Printed.object().put("clean", audit.faults().isEmpty());
    json.setAll((ObjectNode) Printed.tree(audit.figures()));
    json.set("faults", Printed.tree(audit.faults()));
    printed.print(spec, json);
    return audit.faults().isEmpty() ? 0 : 1;
  }
}
