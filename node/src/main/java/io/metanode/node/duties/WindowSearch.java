package io.metanode.node.duties;

import io.metanode.crypto.Sha256;
import io.metanode.economy.EconomyRequests;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LedgerClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds what a log's owner may claim next: of the oldest window that is over and in which the
 * ledger took LogBlocks that no claim cited, as many of these as one claim may cite.
 */
final class WindowSearch {

  private final String origin;

  /**
   * What to claim.
   *
   * @param begin of the window, in milliseconds
   * @param first the first LogBlock that it may cite
   */
  record Window(long begin, long first, int count) {}

  WindowSearch(String origin) {
    this.origin = origin;
  }

  String origin() {
    return origin;
  }

  /**
   * The next one.
   *
   * @param from LogBlocks before it are done with
   */
  Optional<Window> next(LedgerClient ledger, long from) throws IOException {
    long length = ledger.get("/v1/economy/rules").required("windowMillis").asLong();
    long over = ledger.get("/v1/status").required("headTimeMillis").asLong() - length;
    long first = Math.max(from, cited(ledger));
    Optional<Long> time = time(ledger, first);
    if (time.isEmpty()) {
      return Optional.empty();
    }
    long begin = time.get() - time.get() % length;
    if (over < begin) {
      return Optional.empty();
    }
    int count = 0;
    do {
      count++;
      time = time(ledger, first + count);
    } while (count < EconomyRequests.MOST_CITED && time.isPresent() && time.get() < begin + length);
    return Optional.of(new Window(begin, first, count));
  }

  /** The first LogBlock that no claim cited. */
  private long cited(LedgerClient ledger) throws IOException {
    Bytes32 name = Bytes32.of(Sha256.of(origin.getBytes(StandardCharsets.US_ASCII)));
    return ledger
        .find("/v1/economy/cursors/" + name)
        .map(cursor -> cursor.required("next").asLong())
        .orElse(0L);
  }

  private Optional<Long> time(LedgerClient ledger, long number) throws IOException {
    String path =
        "/v1/logblocks?origin="
            + URLEncoder.encode(origin, StandardCharsets.UTF_8)
            + "&number="
            + number;
    return ledger.find(path).map(block -> block.required("timeMillis").asLong());
  }
}
