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
   * @param metered whether anything was used in these
   */
  record Window(long begin, long first, int count, boolean metered) {}

  /** A LogBlock that the ledger took. */
  private record Taken(long time, boolean metered) {}

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
    Optional<Taken> taken = taken(ledger, first);
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    long begin = taken.get().time() - taken.get().time() % length;
    if (over < begin) {
      return Optional.empty();
    }
    int count = 0;
    boolean metered = false;
    do {
      count++;
      metered |= taken.get().metered();
      taken = taken(ledger, first + count);
    } while (count < EconomyRequests.MOST_CITED
        && taken.isPresent()
        && taken.get().time() < begin + length);
    return Optional.of(new Window(begin, first, count, metered));
  }

  /** The first LogBlock that no claim cited. */
  private long cited(LedgerClient ledger) throws IOException {
    Bytes32 name = Bytes32.of(Sha256.of(origin.getBytes(StandardCharsets.US_ASCII)));
    return ledger
        .find("/v1/economy/cursors/" + name)
        .map(cursor -> cursor.required("next").asLong())
        .orElse(0L);
  }

  private Optional<Taken> taken(LedgerClient ledger, long number) throws IOException {
    String path =
        "/v1/logblocks?origin="
            + URLEncoder.encode(origin, StandardCharsets.UTF_8)
            + "&number="
            + number;
    return ledger
        .find(path)
        .map(
            block ->
                new Taken(
                    block.required("timeMillis").asLong(),
                    block.required("usage").valueStream().anyMatch(sum -> sum.asLong() != 0)));
  }
}
