package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.ledger.LedgerClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Which validator is asked. */
final class ApiOption {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the validator's API (default: that of the validator in --dir)")
  @Nullable URI url;

  @Mixin HomeOption home = new HomeOption();

  LedgerClient client() throws IOException {
    return new LedgerClient(url == null ? ofHome() : url);
  }

  private URI ofHome() throws IOException {
    Path file = home.home().status();
    if (Files.notExists(file)) {
      throw new CommandException(
          "no validator runs on "
              + home.home().directory()
              + "; start one (metanode ledger start, or metanode up), or name one with --url");
    }
    return URI.create(JSON.readTree(Files.readString(file)).required("api").asString());
  }
}
