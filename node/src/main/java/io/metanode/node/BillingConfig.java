package io.metanode.node;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.foundation.Bytes32;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What bills follow.
 *
 * @param governed whether prices are those that the ledger's governance decided
 * @param genesis of the ledger, under which the prices are proved
 * @param payee the key whose accounts are paid into; the node's own on the ledger if none is named
 */
record BillingConfig(boolean governed, Path genesis, Optional<Bytes32> payee) {

  private static final List<String> SOURCES = List.of("file", "ledger");

  /**
   * @param elsewhere whether the ledger is others' than the node's own
   */
  static BillingConfig read(YamlMap map, NodeHome home, boolean elsewhere, String file) {
    boolean governed = map.word("prices", SOURCES).orElse("file").equals("ledger");
    Optional<Path> genesis = map.text("genesis").map(home.directory()::resolve);
    if (governed && elsewhere && genesis.isEmpty()) {
      throw new CommandException(
          file
              + ": billing.prices is ledger, and ledger.submitTo names others: billing.genesis must"
              + " name the file of that chain's genesis, under which its prices are proved");
    }
    return new BillingConfig(
        governed,
        genesis.orElse(home.ledgerDirectory().resolve("genesis")),
        map.text("payee").map(text -> key(text, file)));
  }

  private static Bytes32 key(String text, String file) {
    if (!text.matches("[0-9a-fA-F]{64}")) {
      throw new CommandException(
          file + ": billing.payee is no key of 64 hexadecimal digits: " + text);
    }
    return Bytes32.ofHex(text);
  }
}
