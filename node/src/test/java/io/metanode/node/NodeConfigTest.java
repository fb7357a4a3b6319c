package io.metanode.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.containers.RegistrySettings;
import io.metanode.containers.RemoteSettings;
import io.metanode.foundation.Bytes32;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

final class NodeConfigTest {

  private static final NodeHome HOME =
      new NodeHome(Path.of("/srv/node"), Path.of("/run/metanode/0badcafe"));

  private static NodeConfig parse(String yaml) {
    return NodeConfig.parse(HOME, "metanode.yaml", yaml);
  }

  private static String refusal(String yaml) {
    return String.valueOf(assertThrows(CommandException.class, () -> parse(yaml)).getMessage());
  }

  @Test
  void emptyFileConfiguresNothing() {
    NodeConfig config = parse("");
    assertEquals(Path.of("/srv/node/docker.sock"), config.dockerSocket());
    assertEquals(Optional.empty(), config.policyFile());
    assertEquals(new SignerConfig.KeyFile(), config.signer());
    assertEquals(Level.INFO, config.logLevel());
    assertEquals(true, config.ledger().enabled());
    assertEquals("127.0.0.1:0", config.ledger().api().toString());
  }

  @Test
  void theEngineIsServedOverTcpWithCertificatesOnly() {
    assertEquals(Optional.empty(), parse("").remote());
    RemoteSettings remote =
        parse(
                """
                remote:
                  listen: "tcp://[::1]:2376"
                  certificate: server.pem
                  key: /etc/metanode/server.key
                  clientAuthorities: ca.pem
                """)
            .remote()
            .orElseThrow();
    assertEquals("::1", remote.host());
    assertEquals(2376, remote.port());
    assertEquals(Path.of("/srv/node/server.pem"), remote.certificate());
    assertEquals(Path.of("/etc/metanode/server.key"), remote.key());
    assertTrue(refusal("remote:\n  listen: tcp://0.0.0.0:2375\n").contains("client certificates"));
    for (String bad : List.of("http://h:1", "tcp://h", "tcp://h:99999", "tcp://h:1/x", "h:1")) {
      assertTrue(
          refusal(
                  "remote: {listen: \"%s\", certificate: a, key: b, clientAuthorities: c}"
                      .formatted(bad))
              .contains("remote.listen"),
          bad);
    }
  }

  @Test
  void ledgerIsConfiguredOrTurnedOff() {
    LedgerConfig ledger =
        parse(
                """
                ledger:
                  validator: off
                  api: "[::1]:7400"
                  submitTo: ["http://10.0.0.1:7400", "http://10.0.0.2:7400"]
                  account: pay.pem
                  logBlockReceipts: 100
                  logBlockSeconds: 60
                """)
            .ledger();
    assertEquals(false, ledger.enabled());
    assertEquals("[::1]:7400", ledger.api().toString());
    assertEquals(
        List.of(URI.create("http://10.0.0.1:7400"), URI.create("http://10.0.0.2:7400")),
        ledger.validators());
    assertEquals(Path.of("/srv/node/pay.pem"), ledger.account());
    assertEquals(100, ledger.logBlockReceipts());
    assertEquals(Duration.ofMinutes(1), ledger.logBlockAfter());
    assertEquals(true, refusal("ledger: {api: nowhere}").contains("ledger.api"));
    assertEquals(true, refusal("ledger: {logBlockSeconds: 0}").contains("ledger.logBlockSeconds"));
    assertEquals(true, refusal("ledger: {submitTo: [nowhere]}").contains("ledger.submitTo"));
  }

  @Test
  void pricesRewardsAndPaymentsAreConfigured() {
    NodeConfig silent = parse("");
    assertEquals(false, silent.ledger().provider());
    assertEquals(
        new BillingConfig(false, Path.of("/srv/node/ledger/genesis"), Optional.empty()),
        silent.billing());
    String key = "ab".repeat(32);
    NodeConfig config =
        parse(
            """
            ledger: {submitTo: ["http://10.0.0.1:7400"], provider: on}
            billing: {prices: ledger, genesis: chain/genesis, payee: %s}
            """
                .formatted(key));
    assertEquals(true, config.ledger().provider());
    assertEquals(
        new BillingConfig(
            true, Path.of("/srv/node/chain/genesis"), Optional.of(Bytes32.ofHex(key))),
        config.billing());
    String unproved =
        refusal("{ledger: {submitTo: ['http://10.0.0.1:7400']}, billing: {prices: ledger}}");
    assertTrue(unproved.contains("billing.genesis"), unproved);
    assertTrue(refusal("billing: {prices: guess}").contains("billing.prices"));
    assertTrue(refusal("billing: {payee: acme}").contains("billing.payee"));
    assertTrue(refusal("ledger: {provider: maybe}").contains("ledger.provider"));
  }

  @Test
  void everyKeyIsRead() {
    NodeConfig config =
        parse(
            """
            dockerSocket: /run/d.sock
            socketGroup: docker
            policy: rules.yaml
            receipts: {signer: command, command: [sign, --key, "7"], publicKey: s.pem}
            runc: /opt/runc
            logLevel: debug
            """);
    assertEquals(Path.of("/run/d.sock"), config.dockerSocket());
    assertEquals(Optional.of("docker"), config.socketGroup());
    assertEquals(Optional.of(Path.of("/srv/node/rules.yaml")), config.policyFile());
    assertEquals(
        new SignerConfig.Command(
            List.of("sign", "--key", "7"), Path.of("/srv/node/s.pem"), Duration.ofSeconds(5)),
        config.signer());
    assertEquals("/opt/runc", config.runc());
    assertEquals(Level.FINE, config.logLevel());
  }

  @Test
  void unknownKeyIsNamedWithItsLine() {
    String refusal = refusal("runc: runc\nlogLevle: info\n");
    assertTrue(refusal.contains("metanode.yaml line 2: unknown key logLevle"), refusal);
  }

  @Test
  void unknownKeyBelowIsNamedWithItsPath() {
    String refusal = refusal("receipts:\n  signer: file\n  key: b\n");
    assertTrue(refusal.contains("line 3: unknown key receipts.key"), refusal);
  }

  @Test
  void repeatedKeyIsRefused() {
    assertTrue(refusal("runc: a\nrunc: b\n").contains("metanode.yaml"));
  }

  @Test
  void wordOutsideItsListIsRefused() {
    String refusal = refusal("\nlogLevel: loud\n");
    assertTrue(refusal.contains("line 2") && refusal.contains("debug"), refusal);
  }

  @Test
  void listWhereAValueBelongsIsRefused() {
    assertTrue(refusal("runc: [a]\n").contains("must be a single value"));
  }

  @Test
  void brokenYamlIsRefused() {
    assertTrue(refusal("runc: [a\n").contains("is not YAML"));
  }

  @Test
  void signerCommandNeedsACommand() {
    assertTrue(refusal("receipts: {signer: command}\n").contains("receipts.command"));
  }

  @Test
  void tokenIsRead() {
    NodeConfig config =
        parse(
            """
            receipts:
              signer: pkcs11
              library: /usr/lib/softhsm.so
              keyId: "0a"
              publicKey: log.pem
            """);
    assertEquals(
        new SignerConfig.Pkcs11(
            Path.of("/usr/lib/softhsm.so"),
            "0a",
            Path.of("/srv/node/log.pem"),
            Duration.ofSeconds(5)),
        config.signer());
  }

  @Test
  void keyOfAnotherSignerIsUnknown() {
    assertTrue(refusal("receipts: {signer: file, keyId: a}\n").contains("receipts.keyId"));
  }

  @Test
  void socketOfALongHomeGoesToTheRunDirectory() {
    NodeHome deep = new NodeHome(Path.of("/srv/" + "d".repeat(100)), HOME.runDirectory());
    assertEquals(
        Path.of("/run/metanode/0badcafe/docker.sock"),
        NodeConfig.parse(deep, "metanode.yaml", "").dockerSocket());
  }

  @Test
  void configuredSocketThatIsTooLongIsRefused() {
    String refusal = refusal("dockerSocket: /srv/" + "d".repeat(110) + "\n");
    assertTrue(refusal.contains("107"), refusal);
  }

  @Test
  void registriesAreConfigured() {
    RegistrySettings settings =
        parse(
                """
                registries:
                  insecure: ["10.0.0.0/8", "registry.example:5000"]
                  mirrors: ["http://127.0.0.1:5000", "https://mirror.example/"]
                  certificates: certs
                  downloads: 6
                """)
            .registries();
    assertEquals(List.of("10.0.0.0/8", "registry.example:5000"), settings.insecure());
    assertEquals(
        List.of(URI.create("http://127.0.0.1:5000/"), URI.create("https://mirror.example/")),
        settings.mirrors());
    assertEquals(HOME.directory().resolve("certs"), settings.certificates());
    assertEquals(6, settings.downloads());
    assertEquals(5, settings.uploads());
    String refusal = refusal("registries:\n  insecure: [\"http://a\"]\n");
    assertTrue(refusal.contains("registries: http://a is neither"), refusal);
    String mirror = refusal("registries:\n  mirrors: [\"https://u:p@a/\"]\n");
    assertTrue(mirror.contains("https://u:p@a/ is no mirror"), mirror);
    String number = refusal("registries:\n  downloads: 0\n");
    assertTrue(number.contains("it may be 1 to 99"), number);
  }
}
