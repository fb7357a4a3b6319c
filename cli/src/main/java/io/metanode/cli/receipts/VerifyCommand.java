package io.metanode.cli.receipts;

import io.metanode.receipts.ReceiptVerifier;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies a log, or a proof; the same code as metanode-verify.jar. */
@Command(
    name = "verify",
    description = "Verify the log from the first receipt to the last, or one proof.",
    footer = {"", "Exit codes: 0 verified, 1 not verified, 2 wrong usage or unreadable files."})
final class VerifyCommand implements Callable<Integer> {

  @Mixin LogOption log = new LogOption();

  @Parameters(arity = "0..1", paramLabel = "LOGDIR", description = "the log's directory, as --log")
  @Nullable Path directory;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = {
        "the keys you trust: a PEM PUBLIC KEY or verifier keys",
        "(default: the log's own log.vkey, which shows damage but not a forged log)"
      })
  @Nullable Path key;

  @Option(names = "--proof", paramLabel = "FILE", description = "a proof made by receipts prove")
  @Nullable Path proof;

  @Option(
      names = "--genesis",
      paramLabel = "FILE",
      description = "with --proof: the genesis of the ledger that must have made it final")
  @Nullable Path genesis;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  @Override
  public Integer call() {
    Path where = directory != null ? directory : log.directory();
    Path keys = key != null ? key : where.resolve("log.vkey");
    if (genesis != null && proof == null) {
      err.println("--genesis goes with --proof");
      return 2;
    }
    int code =
        proof != null ? verify(proof, keys) : ReceiptVerifier.verifyLog(where, keys, out, err);
    if (key == null && code == 0) {
      out.println("with the keys in " + keys + "; an auditor brings his own copy (--key)");
    }
    return code;
  }

  private int verify(Path file, Path keys) {
    int code = ReceiptVerifier.verifyProof(file, keys, out, err);
    return code == 0 && genesis != null ? FinalityCheck.run(file, genesis, out, err) : code;
  }
}
