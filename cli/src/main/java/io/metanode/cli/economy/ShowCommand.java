package io.metanode.cli.economy;

import io.metanode.cli.CommandException;
import io.metanode.cli.ledger.ApiOption;
import io.metanode.cli.ledger.Printed;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.KeyFile;
import io.metanode.economy.EconomyModule;
import io.metanode.economy.EconomyTransactions;
import io.metanode.ledger.LedgerClient;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows something of the economy. */
@Command(
    name = "show",
    description =
        "Show something of the economy: accounts ID, accounts NEX (the governor's first), "
            + "transfers ID, supply, governance, rules, proposals ID, prices (the price book), sources, rate, "
            + "notaries, reserve, aur (what it rests on), providers KEY, windows KEY BEGIN (in ms).")
final class ShowCommand implements Callable<Integer> {

  @Mixin ApiOption api = new ApiOption();
  @Mixin Printed printed = new Printed();

  @Parameters(arity = "1..3", paramLabel = "PATH", description = "as the API has it")
  List<String> path = List.of();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    for (String part : path) {
      if (!part.matches("[A-Za-z0-9]+")) {
        throw new CommandException("no path: " + String.join(" ", path));
      }
    }
    List<String> asked =
        path.size() == 2 && path.get(1).toUpperCase(Locale.ROOT).matches("GEN|NEX|FLX|AUR")
            ? List.of(path.get(0), own(path.get(1)))
            : path;
    try (LedgerClient client = api.client()) {
      printed.print(spec, client.get("/v1/" + EconomyModule.NAME + "/" + String.join("/", asked)));
    }
    return 0;
  }

  private String own(String token) throws IOException {
    Ed25519PublicKey key = KeyFile.ed25519(api.home().governorKey()).publicKey();
    return EconomyTransactions.account(key, token, 0).toString();
  }
}
