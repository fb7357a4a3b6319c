package io.metanode.receipts.verify;

import java.util.List;

/**
 * What a verification found.
 *
 * @param origin the log
 * @param published the number of entries the checkpoint covers
 * @param unpublished the number of durable entries after that
 * @param keys the number of keys the log has had
 * @param cosigned whether a post-quantum cosignature was checked
 * @param findings all that is wrong; empty if the log is good
 */
public record Report(
    String origin,
    long published,
    long unpublished,
    int keys,
    boolean cosigned,
    List<Finding> findings) {

  public Report {
    findings = List.copyOf(findings);
  }

  public boolean good() {
    return findings.isEmpty();
  }

  /** One line for people. */
  public String summary() {
    if (!good()) {
      return "NOT verified: %d findings in %s".formatted(findings.size(), origin);
    }
    return "verified: %d receipts of %s%s, %d %s, post-quantum cosignature %s"
        .formatted(
            published,
            origin,
            unpublished == 0 ? "" : " and " + unpublished + " not yet under a checkpoint",
            keys,
            keys == 1 ? "key" : "keys",
            cosigned ? "checked against your key" : "not checked against a key of yours");
  }
}
