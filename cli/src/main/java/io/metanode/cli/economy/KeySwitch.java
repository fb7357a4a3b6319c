package io.metanode.cli.economy;

import io.metanode.cli.CommandException;
import io.metanode.foundation.Bytes32;
import picocli.CommandLine.Parameters;

/** Somebody who is to be admitted, or no longer. */
final class KeySwitch {

  @Parameters(index = "0", paramLabel = "KEY", description = "whose it is, 64 digits")
  String key = "";

  @Parameters(index = "1", paramLabel = "SWITCH", description = "on or off")
  String word = "";

  Bytes32 owner() {
    return Words.id(key, "a key");
  }

  boolean on() {
    if (!word.matches("on|off")) {
      throw new CommandException("on or off, not " + word);
    }
    return word.equals("on");
  }
}
