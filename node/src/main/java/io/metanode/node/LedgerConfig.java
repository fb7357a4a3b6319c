package io.metanode.node;

import io.metanode.cli.CommandException;
import io.metanode.ledger.LedgerSettings;
import java.time.Duration;
import java.util.List;

/**
 * The validator inside the node.
 *
 * @param enabled whether there is one
 * @param api where it answers clients; port 0 takes a free one
 * @param anchorEvery between two looks for a checkpoint to make final
 */
record LedgerConfig(boolean enabled, LedgerSettings.Address api, Duration anchorEvery) {

  private static final List<String> SWITCH = List.of("on", "off");

  static LedgerConfig read(YamlMap map, String file) {
    String api = map.text("api").orElse(LedgerSettings.DEFAULT.api().toString());
    String seconds = map.text("anchorSeconds").orElse("5");
    if (!seconds.matches("[1-9][0-9]{0,4}")) {
      throw new CommandException(
          file + ": ledger.anchorSeconds is \"" + seconds + "\"; it may be 1 to 99999");
    }
    return new LedgerConfig(
        map.word("validator", SWITCH).orElse("on").equals("on"),
        LedgerSettings.Address.parse(api)
            .orElseThrow(() -> new CommandException(file + ": ledger.api is no host:port: " + api)),
        Duration.ofSeconds(Long.parseLong(seconds)));
  }
}
