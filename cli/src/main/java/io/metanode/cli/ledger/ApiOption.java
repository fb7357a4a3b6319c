package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.cli.ValidatorFacts;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerHome;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which validator is asked. */
public final class ApiOption {

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the validator's API (default: that of the validator in --dir)")
  @Nullable URI url;

  @Mixin HomeOption home = new HomeOption();

  /** A client of it. */
  public LedgerClient client() throws IOException {
    return new LedgerClient(url == null ? ofHome() : url);
  }

  /** Whether one was named by its URL. */
  public boolean isNamed() {
    return url != null;
  }

  /** The home of the validator that is asked where none is named. */
  public LedgerHome home() {
    return home.home();
  }

  private URI ofHome() throws IOException {
    return ValidatorFacts.read(home.home().status())
        .map(facts -> URI.create(facts.api()))
        .orElseThrow(
            () ->
                new CommandException(
                    "no validator runs on "
                        + home.home().directory()
                        + "; start one (metanode ledger start, or metanode up), or name one with"
                        + " --url"));
  }
}
