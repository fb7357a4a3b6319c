package io.metanode.economy;

import io.metanode.economy.machine.Listing;
import io.metanode.ledger.LedgerContents;
import java.util.List;
import java.util.Map;

/** What a ledger holds of one kind, all of it. */
public enum EconomyListing {
  /** What was proposed to governance, whatever became of it. */
  PROPOSALS,
  /** Whose work is, or was, rewarded. */
  PROVIDERS,
  /** Which windows were rewarded. */
  WINDOWS,
  /** Accounts that somebody owns. */
  ACCOUNTS;

  /** All of it, in an order that follows from what it is; as the API shows it. */
  public List<Map<String, Object>> of(LedgerContents contents) {
    Listing listing = new Listing();
    contents.forEachOfModule((_, value) -> listing.read(value));
    return switch (this) {
      case PROPOSALS -> listing.proposals();
      case PROVIDERS -> listing.providers();
      case WINDOWS -> listing.windows();
      case ACCOUNTS -> listing.accounts();
    };
  }
}
