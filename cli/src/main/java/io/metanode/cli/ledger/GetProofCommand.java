package io.metanode.cli.ledger;

import io.metanode.ledger.LedgerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gets a proof to give away. */
@Command(name = "get", description = "Write a proof; anyone with the genesis can verify it.")
final class GetProofCommand implements Callable<Integer> {

  @Mixin ApiOption api = new ApiOption();

  @ArgGroup(multiplicity = "1")
  ProofSubject subject = new ProofSubject();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write it there (default: standard output)")
  @Nullable Path file;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try (LedgerClient client = api.client()) {
      String proof = client.get(subject.path()).required("proof").toPrettyString() + "\n";
      if (file == null) {
        spec.commandLine().getOut().print(proof);
        spec.commandLine().getOut().flush();
      } else {
        Files.writeString(file, proof);
      }
    }
    return 0;
  }
}
