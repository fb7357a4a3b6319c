package io.metanode.cli.economy;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Quotes the price of FLX. */
@Command(
    name = "quote",
    description =
        "Say what one FLX costs in AUR, as a source that governance named. At the end of an epoch the "
            + "median of the fresh quotes is posted as the rate, if they agree. Exit 1: not taken.")
final class QuoteCommand implements Callable<Integer> {

  @Mixin RequestSubmission request = new RequestSubmission();

  @Parameters(paramLabel = "PRICE", description = "of one FLX in AUR, such as 10.05")
  String price = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    long units = Words.units(price);
    return request.submit(spec, (requests, _) -> requests.quote(units));
  }
}
