package io.metanode.node.duties;

import io.metanode.ledger.LedgerClient;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a ledger may or may not have. */
final class Found {

  private static final int NOT_FOUND = 404;

  private Found() {}

  static Optional<JsonNode> at(LedgerClient ledger, String path) throws IOException {
    try {
      return Optional.of(ledger.get(path));
    } catch (LedgerClient.RefusedException e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
