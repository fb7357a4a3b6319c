package io.metanode.receipts.verify;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.foundation.Digest;
import io.metanode.receipts.KeyHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds the key history against the rotations found among the receipts. */
final class KeyCheck {

  private final KeyHistory keys;
  private final List<Finding> findings;
  private final List<Long> seen = new ArrayList<>();

  KeyCheck(KeyHistory keys, List<Finding> findings) {
    this.keys = keys;
    this.findings = findings;
  }

  /** Takes note of the entry at {@code index}, which may name the key that follows. */
  void rotation(long index, Optional<Digest> named) {
    if (named.isEmpty()) {
      return;
    }
    seen.add(index + 1);
    Optional<Digest> listed =
        keys.periods().stream()
            .filter(period -> period.from() == index + 1)
            .findFirst()
            .flatMap(period -> period.key().ed25519())
            .map(Ed25519PublicKey::id);
    if (!listed.equals(named)) {
      findings.add(
          new Finding(
              "keys",
              "entry %d passes to the key %s, which is not listed".formatted(index, named.get())));
    }
  }

  /** Every key but the first must have been passed to. */
  void finish(long size) {
    for (KeyHistory.Period period : keys.periods()) {
      if (period.from() != 0 && !seen.contains(period.from())) {
        findings.add(
            new Finding(
                "keys",
                "lists a key from entry %d of %d on, but no receipt passes to it"
                    .formatted(period.from(), size)));
      }
    }
  }
}
