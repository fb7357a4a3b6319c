package io.metanode.receipts;

import io.metanode.receipts.verify.Main;
import java.io.PrintStream;
import java.nio.file.Path;

/** The verifier that ships as a jar of its own, for use within the program. */
public final class ReceiptVerifier {

  private ReceiptVerifier() {}

  /**
   * Verifies a log's directory against the keys in a file; findings and summary go to {@code out}.
   *
   * @return 0 if all is good, 1 if not, 2 if it cannot be read
   */
  public static int verifyLog(Path directory, Path keys, PrintStream out, PrintStream err) {
    return Main.run(new String[] {directory.toString(), "--key", keys.toString()}, out, err);
  }

  /** Verifies a proof that carries its receipt; as {@link #verifyLog}. */
  public static int verifyProof(Path proof, Path keys, PrintStream out, PrintStream err) {
    String[] args = {"--proof", proof.toString(), "--key", keys.toString()};
    return Main.run(args, out, err);
  }
}
