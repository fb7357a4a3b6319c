package io.metanode.economy.supply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.TransferStatus;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.price.AttestedReserve;
import io.metanode.economy.price.Notaries;
import io.metanode.economy.price.ReserveAttestation;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.testkit.Gen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AurIssueTest {

  private static final long NOW = Network.GENESIS;

  private final Network network = new Network();

  /** So many AUR, until ten minutes from now. */
  private static AttestedReserve reserve(Amount amount) throws Exception {
    PrivateKeySigner signer = PrivateKeySigner.generate(new Gen(1));
    Ed25519PublicKey key = signer.publicKey();
    ReserveAttestation attestation =
        new ReserveAttestation(amount, NOW, NOW + 600_000, Bytes32.ZERO);
    Notaries.Verdict verdict =
        new Notaries(List.of(key), 1)
            .verify(
                attestation,
                Map.of(0, Bytes.of(signer.sign(attestation.encode().toArray()))),
                0,
                NOW);
    return assertInstanceOf(Notaries.Verdict.Accepted.class, verdict).reserve();
  }

  private static AurIssue issue(String name, AccountId bank, long amount) {
    return new AurIssue(name, bank, new Amount(amount));
  }

  private AurIssue.Outcome send(AurIssue issue, long reserve, long now) throws Exception {
    return issue.send(reserve(new Amount(reserve)), network.ledger, now);
  }

  @Test
  void acceptedThenRedeemed() throws Exception {
    AurIssue issue = issue("s", Network.BANK, 99);
    assertEquals(new AurIssue.Outcome.InTransit(), send(issue, 100, NOW));
    assertEquals(new Supply(Amount.ZERO, new Amount(99)), Supply.of(Token.AUR, network.ledger));
    assertEquals(TransferStatus.OK, issue.accept(network.ledger, NOW + 59_999).status());
    assertEquals(99, network.supply(Token.AUR));
    network.audit();
    assertEquals(TransferStatus.OK, issue.redeem(network.ledger, NOW + 70_000).status());
    assertEquals(0, network.supply(Token.AUR));
    assertEquals(TransferStatus.EXISTS, issue.redeem(network.ledger, NOW + 70_000).status());
    network.audit();
  }

  @Test
  void destroyedIfNotAcceptedInSixtySeconds() throws Exception {
    AurIssue issue = issue("s", Network.BANK, 99);
    send(issue, 100, NOW);
    assertEquals(
        TransferStatus.PENDING_EXPIRED, issue.accept(network.ledger, NOW + 60_000).status());
    network.ledger.expire(NOW + 60_000, 10);
    assertEquals(new Supply(Amount.ZERO, Amount.ZERO), Supply.of(Token.AUR, network.ledger));
    assertEquals(Amount.ZERO, network.available(Network.BANK));
    network.audit();
  }

  @Test
  void reserveStaysAboveAllThatIsOut() throws Exception {
    assertEquals(
        new AurIssue.Outcome.NotBacked(new Amount(100), Amount.ZERO),
        send(issue("a", Network.BANK, 100), 100, NOW));
    send(issue("b", Network.BANK, 60), 100, NOW);
    issue("b", Network.BANK, 60).accept(network.ledger, NOW);
    send(issue("c", Network.BANK, 30), 100, NOW);
    assertEquals(
        new AurIssue.Outcome.NotBacked(new Amount(100), new Amount(90)),
        send(issue("d", Network.BANK, 10), 100, NOW));
    assertEquals(
        new AurIssue.Outcome.NotBacked(new Amount(80), new Amount(90)),
        send(issue("d", Network.BANK, 1), 80, NOW));
    assertEquals(new AurIssue.Outcome.InTransit(), send(issue("d", Network.BANK, 9), 100, NOW));
  }

  @Test
  void onlyBanksAndOnlyWhileTheAttestationIsInForce() throws Exception {
    assertEquals(new AurIssue.Outcome.NotABank(), send(issue("s", Network.NO_BANK, 1), 100, NOW));
    assertEquals(
        new AurIssue.Outcome.NotABank(), send(issue("s", AccountId.named("x"), 1), 100, NOW));
    assertEquals(
        new AurIssue.Outcome.NotBacked(Amount.ZERO, Amount.ZERO),
        send(issue("s", Network.BANK, 1), 100, NOW + 600_000));
    AurIssue.Outcome zero = send(issue("s", Network.BANK, 0), 100, NOW);
    assertEquals(
        TransferStatus.AMOUNT_ZERO,
        assertInstanceOf(AurIssue.Outcome.Refused.class, zero).result().status());
    send(issue("s", Network.BANK, 1), 100, NOW);
    AurIssue.Outcome twice = send(issue("s", Network.BANK, 1), 100, NOW);
    assertEquals(
        TransferStatus.EXISTS,
        assertInstanceOf(AurIssue.Outcome.Refused.class, twice).result().status());
  }
}
