package io.metanode.cli.bill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The live meter. */
@Command(name = "meter", description = "Show what is used and not settled yet.")
final class MeterCommand implements Callable<Integer> {

  /** How it is written. */
  enum Form {
    text,
    json
  }

  @Mixin BillSource source = new BillSource();

  @Option(names = "--tenant", description = "of this tenant alone")
  @Nullable String tenant;

  @Option(names = "-o", description = "as ${COMPLETION-CANDIDATES} (default: text)")
  Form form = Form.text;

  @Override
  public Integer call() throws IOException {
    byte[] meter = source.bills().documents().meter(Optional.ofNullable(tenant));
    System.out.println(
        form == Form.json ? new String(meter, StandardCharsets.UTF_8) : BillText.ofMeter(meter));
    return 0;
  }
}
