package io.metanode.cli.economy;

import io.metanode.cli.CommandException;
import io.metanode.cli.ledger.Printed;
import io.metanode.crypto.KeyFile;
import io.metanode.crypto.SigningException;
import io.metanode.economy.GoldStatement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs a statement of the reserve. */
@Command(name = "sign", description = "Add a notary's signature to a statement of the reserve.")
final class AttestationSignCommand implements Callable<Integer> {

  @Mixin Printed printed = new Printed();

  @Parameters(paramLabel = "FILE", description = "the statement, which is rewritten")
  Path file = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "the notary's Ed25519 key, PEM")
  Path key = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try {
      GoldStatement signed = StatementFile.read(file).signedBy(KeyFile.ed25519(key));
      StatementFile.write(file, signed);
      printed.print(spec, StatementFile.json(signed));
      return 0;
    } catch (SigningException e) {
      throw new CommandException("the key did not sign: " + e.getMessage(), e);
    }
  }
}
