package io.metanode.cli.bench;

import io.metanode.cli.ledger.AccountsBench;
import io.metanode.cli.ledger.LedgerBench;
import io.metanode.cli.receipts.ReceiptsBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The measurements; each ends with one line of JSON whose keys docs/guides/benchmarks.md tells. */
@Command(
    name = "bench",
    description = "Measure; each bench ends with one line of JSON.",
    subcommands = {
      StartBench.class,
      OverheadBench.class,
      PullBench.class,
      BuildBench.class,
      ReceiptsBench.class,
      LedgerBench.class,
      AccountsBench.class
    })
public final class BenchCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which bench?");
  }
}
