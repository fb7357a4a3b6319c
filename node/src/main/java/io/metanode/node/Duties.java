package io.metanode.node;

import io.metanode.billing.BillFiles;
import io.metanode.billing.HourlyBilling;
import io.metanode.cli.NodeHome;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Clock;
import io.metanode.node.duties.ClaimDuty;
import io.metanode.node.duties.GovernedPrices;
import io.metanode.node.duties.LedgerDuties;
import io.metanode.node.duties.LedgerDuty;
import io.metanode.node.duties.PaymentWatch;
import io.metanode.node.duties.ProviderSettings;
import io.metanode.policy.Policy;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the node does on its ledger beside making receipts final, as its configuration says.
 *
 * @param prices the governed ones, if those hold
 */
record Duties(
    NodeHome home,
    NodeConfig config,
    Receipts receipts,
    HourlyBilling billing,
    BillFiles files,
    Optional<GovernedPrices> prices,
    Policy policy,
    Clock clock) {

  /**
   * Starts them.
   *
   * @param owner the node's account on the ledger
   * @param own whether the ledger is the node's own, of which it has seen all
   */
  LedgerDuties start(List<URI> validators, PrivateKeySigner owner, boolean own) throws IOException {
    List<LedgerDuty> duties = new ArrayList<>();
    prices.ifPresent(duties::add);
    Bytes32 payee = config.billing().payee().orElse(Bytes32.of(owner.publicKey().bytes()));
    duties.add(new PaymentWatch(billing, payee, files.payments(), own));
    if (config.ledger().provider()) {
      duties.add(
          new ClaimDuty(
              new ProviderSettings(
                  receipts.origin(),
                  owner,
                  home.claimsDirectory(),
                  receipts.log(),
                  policy,
                  clock)));
    }
    return LedgerDuties.start(duties, validators);
  }
}
