package io.metanode.node.duties;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.economy.EconomyRequests;
import io.metanode.economy.EconomyTransactions;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerTransactions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Claims the reward of each window of proof of execution once it is over. What is claimed is
 * written down before it is submitted, as the very bytes: whatever is cut off, they are submitted
 * again, and to submit them again gets the same answer. The ledger pays a window once, whoever
 * claims it how often. A claim that is refused is receipted and not made again.
 */
public final class ClaimDuty implements LedgerDuty {

  private static final System.Logger LOG = System.getLogger(ClaimDuty.class.getName());
  private static final Duration WAIT = Duration.ofSeconds(10);

  /** The transaction can no longer become final: another one has its place. */
  private static final Set<String> OVERTAKEN =
      Set.of("SEQUENCE_USED", "EXPIRED", "REPLACEMENT_UNDERPRICED");

  private final Ed25519PublicKey key;
  private final LedgerSigner signer;
  private final ClaimReceipts receipts;
  private final ClaimFile file;
  private final WindowSearch search;
  private boolean waits;

  public ClaimDuty(ProviderSettings settings) throws IOException {
    key = settings.owner().publicKey();
    signer = new LedgerSigner(settings.owner());
    receipts = new ClaimReceipts(settings);
    file = ClaimFile.open(settings.directory());
    search = new WindowSearch(settings.origin());
  }

  @Override
  public String name() {
    return "claims";
  }

  @Override
  public void pass(LedgerClient ledger) throws IOException {
    String chain = ledger.get("/v1/status").required("chain").asString();
    Optional<ClaimFile.Claim> begun = file.begun(chain);
    if (begun.isPresent()) {
      submit(ledger, begun.get());
    } else if (isAdmitted(ledger)) {
      Optional<ClaimFile.Claim> next = next(ledger, chain);
      if (next.isPresent()) {
        submit(ledger, next.get());
      }
    }
  }

  private boolean isAdmitted(LedgerClient ledger) throws IOException {
    String account = LedgerTransactions.account(key);
    boolean admitted =
        ledger
            .find("/v1/economy/providers/" + account)
            .map(provider -> provider.required("admitted").asBoolean())
            .orElse(false);
    if (!admitted && !waits) {
      LOG.log(
          System.Logger.Level.WARNING,
          "governance did not admit {0} as a provider: nothing is claimed until it does (metanode economy propose provider)",
          account);
    }
    waits = !admitted;
    return admitted;
  }

  /** Signs what is to be claimed next, and writes it down. */
  private Optional<ClaimFile.Claim> next(LedgerClient ledger, String chain) throws IOException {
    Optional<WindowSearch.Window> found = search.next(ledger, file.from(chain));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    WindowSearch.Window window = found.get();
    file.reached(chain, window.first());
    // What is worth nothing the ledger would refuse, for a fee.
    if (!window.metered() || !receipts.isAllowed(window.begin())) {
      file.passOver(window.first() + window.count());
      return Optional.empty();
    }
    if (ledger.find("/v1/economy/accounts/" + rewarded()).isEmpty()) {
      open(ledger);
    }
    EconomyRequests.Cited cited =
        new EconomyRequests.Cited(search.origin(), window.first(), window.count());
    LedgerTransactions.Signed signed =
        signer.sign(
            ledger,
            (transactions, sender, place) ->
                new EconomyRequests(transactions, sender, place)
                    .claim(window.begin(), List.of(cited)));
    ClaimFile.Claim claim =
        new ClaimFile.Claim(
            window.begin(), window.first(), window.count(), receipts.now(), signed.encoded());
    file.begin(chain, claim);
    return Optional.of(claim);
  }

  private Bytes32 rewarded() {
    return EconomyTransactions.account(key, "NEX", 0);
  }

  /** Opens the account into which rewards are paid; if it is there by then, that does no harm. */
  private void open(LedgerClient ledger) throws IOException {
    LedgerTransactions.Signed signed =
        signer.sign(
            ledger,
            (transactions, sender, place) ->
                new EconomyTransactions()
                    .open("NEX", 0, false, 0)
                    .sign(transactions, sender, place));
    ledger.submit("/v1/transactions", signed.encoded(), WAIT);
  }

  private void submit(LedgerClient ledger, ClaimFile.Claim claim) throws IOException {
    JsonNode answer;
    try {
      answer = ledger.submit("/v1/transactions", claim.transaction(), WAIT);
    } catch (LedgerClient.RefusedException e) {
      String admission = e.problem().path("admission").asString("");
      if (OVERTAKEN.contains(admission)) {
        file.giveUp();
        return;
      }
      if (admission.equals("CANNOT_SUCCEED")) {
        end(claim, admission);
      }
      throw e;
    }
    if (answer.path("status").asString("").equals("FINAL")) {
      end(claim, answer.required("result").asString());
    }
  }

  private void end(ClaimFile.Claim claim, String result) throws IOException {
    receipts.ended(claim, result);
    file.end(claim);
    LOG.log(
        result.equals("OK") ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
        "the claim of window {0}, LogBlocks {1} to {2}: {3}",
        Long.toString(claim.window()),
        Long.toString(claim.first()),
        Long.toString(claim.first() + claim.count() - 1),
        result);
  }
}
