package io.metanode.cli.bill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What was settled, hour by hour. */
@Command(name = "statement", description = "Show what was settled hour by hour.")
final class StatementCommand implements Callable<Integer> {

  /** How it is written. */
  enum Form {
    text,
    json
  }

  @Mixin BillSource source = new BillSource();

  @Option(names = "--tenant", description = "of this tenant alone (default: all, the provider's)")
  @Nullable String tenant;

  @Mixin PeriodOption time = new PeriodOption();

  @Option(names = "-o", description = "as ${COMPLETION-CANDIDATES} (default: text)")
  Form form = Form.text;

  @Override
  public Integer call() throws IOException {
    byte[] statement =
        source.bills().documents().statement(Optional.ofNullable(tenant), time.period());
    System.out.println(
        form == Form.json
            ? new String(statement, StandardCharsets.UTF_8)
            : BillText.ofStatement(statement));
    return 0;
  }
}
