package io.metanode.cli.receipts;

import io.metanode.cli.NodeHome;
import io.metanode.receipts.LogReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The proof that a receipt is in the log, to give away. */
@Command(
    name = "prove",
    description = "Write a receipt with the proof that it is in the log (C2SP tlog-proof).")
final class ProveCommand implements Callable<Integer> {

  @Mixin LogOption log = new LogOption();
  @Mixin ReceiptArgument receipt = new ReceiptArgument();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write it there, best named *.tlog-proof (default: standard output)")
  @Nullable Path file;

  @Option(
      names = "--final",
      description = {
        "with the certificate of the ledger's validators that the receipt is final;",
        "waits for it if need be"
      })
  boolean isFinal;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    LogReader reader = log.open();
    long index = receipt.in(reader);
    String proof =
        isFinal
            ? new FinalProof(NodeHome.fromEnvironment(), log.directory()).await(index)
            : reader.proof(index);
    PrintWriter out = spec.commandLine().getOut();
    if (file == null) {
      out.print(proof);
    } else {
      Files.writeString(file, proof);
      out.println(
          "wrote "
              + file
              + "; anyone with the keys can check it: metanode receipts verify --proof "
              + file
              + " --key "
              + log.directory().resolve("keys")
              + (isFinal ? " --genesis GENESIS" : ""));
    }
    out.flush();
    return 0;
  }
}
