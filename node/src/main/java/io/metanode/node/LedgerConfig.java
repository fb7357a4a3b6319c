package io.metanode.node;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.ledger.LedgerSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The validator inside the node, and where receipts become final.
 *
 * @param enabled whether there is one
 * @param api where it answers clients; port 0 takes a free one
 * @param validators others to submit LogBlocks to, in its place
 * @param account the PEM key of who submits to those
 * @param logBlockReceipts so many receipts are cut at once
 * @param logBlockAfter the longest a receipt waits for others
 * @param provider whether the node claims the rewards of its work
 */
record LedgerConfig(
    boolean enabled,
    LedgerSettings.Address api,
    List<URI> validators,
    Path account,
    int logBlockReceipts,
    Duration logBlockAfter,
    boolean provider) {

  private static final List<String> SWITCH = List.of("on", "off");

  LedgerConfig {
    validators = List.copyOf(validators);
  }

  static LedgerConfig read(YamlMap map, NodeHome home, String file) {
    String api = map.text("api").orElse(LedgerSettings.DEFAULT.api().toString());
    return new LedgerConfig(
        map.word("validator", SWITCH).orElse("on").equals("on"),
        LedgerSettings.Address.parse(api)
            .orElseThrow(() -> new CommandException(file + ": ledger.api is no host:port: " + api)),
        map.texts("submitTo").stream().map(text -> uri(text, file)).toList(),
        map.text("account")
            .map(home.directory()::resolve)
            .orElse(home.keysDirectory().resolve("ledger-account.pem")),
        number(map, "logBlockReceipts", 4_096, file),
        Duration.ofSeconds(number(map, "logBlockSeconds", 5, file)),
        map.word("provider", SWITCH).orElse("off").equals("on"));
  }

  private static int number(YamlMap map, String key, int otherwise, String file) {
    Optional<String> text = map.text(key);
    if (text.isPresent() && !text.get().matches("[1-9][0-9]{0,4}")) {
      throw new CommandException(
          file + ": ledger." + key + " is \"" + text.get() + "\"; it may be 1 to 99999");
    }
    return text.map(Integer::parseInt).orElse(otherwise);
  }

  private static URI uri(String text, String file) {
    if (!text.matches("http://[^/ ]+:[0-9]{1,5}/?")) {
      throw new CommandException(
          file + ": ledger.submitTo has " + text + "; it takes such as http://10.0.0.1:7400");
    }
    return URI.create(text);
  }
}
