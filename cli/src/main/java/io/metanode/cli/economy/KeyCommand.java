package io.metanode.cli.economy;

import io.metanode.cli.CommandException;
import io.metanode.cli.ledger.HomeOption;
import io.metanode.cli.ledger.Printed;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.KeyFile;
import io.metanode.economy.EconomyTransactions;
import io.metanode.foundation.SystemRandomness;
import io.metanode.ledger.LedgerTransactions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Tells a key and its accounts. */
@Command(
    name = "key",
    description =
        "Tell the public key of a file, which is also its wallet, and its first accounts.")
final class KeyCommand implements Callable<Integer> {

  @Mixin HomeOption home = new HomeOption();
  @Mixin Printed printed = new Printed();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "an Ed25519 key, PEM (default: the governor's in --dir)")
  @Nullable Path file;

  @Option(names = "--new", description = "make the key; its file must not be there yet")
  boolean fresh;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Path where = file == null ? home.home().governorKey() : file;
    if (fresh && Files.exists(where)) {
      throw new CommandException(where + " is there already; keys are never written over");
    }
    Ed25519PublicKey key =
        (fresh
                ? KeyFile.newEd25519(where.toAbsolutePath(), new SystemRandomness())
                : KeyFile.ed25519(where))
            .publicKey();
    ObjectNode json = Printed.object().put("key", LedgerTransactions.account(key));
    ObjectNode accounts = json.putObject("accounts");
    for (String token : List.of("GEN", "NEX", "FLX", "AUR")) {
      accounts.put(token, EconomyTransactions.account(key, token, 0).toString());
    }
    printed.print(spec, json);
    return 0;
  }
}
