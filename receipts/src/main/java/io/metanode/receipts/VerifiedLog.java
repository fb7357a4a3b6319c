package io.metanode.receipts;

import io.metanode.receipts.verify.Finding;
import io.metanode.receipts.verify.LogVerification;
import io.metanode.receipts.verify.Report;
import io.metanode.receipts.verify.TrustedKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A log read and verified in one go, so that what is read is what was verified.
 *
 * @param origin the log; empty if nothing is to be read
 * @param size how many receipts its checkpoint covers
 * @param findings all that is wrong; whoever finds anything here believes none of the receipts
 */
public record VerifiedLog(String origin, long size, List<String> findings) {

  public VerifiedLog {
    findings = List.copyOf(findings);
  }

  /**
   * Reads the log in {@code directory} from the first receipt to the last under the checkpoint.
   *
   * @param keys a file of the public keys that are trusted
   * @param reader gets each receipt that can be read, in order
   * @throws IOException if the directory or the keys cannot be read
   */
  public static VerifiedLog read(Path directory, Path keys, Consumer<LoggedReceipt> reader)
      throws IOException {
    Report report = LogVerification.run(directory, TrustedKeys.read(keys), done -> {}, reader);
    return new VerifiedLog(
        report.origin(),
        report.published(),
        report.findings().stream().map(Finding::toString).toList());
  }
}
