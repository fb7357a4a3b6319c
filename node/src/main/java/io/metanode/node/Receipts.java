package io.metanode.node;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.crypto.CommandSigner;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.foundation.Clock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.receipts.KeyDirectory;
import io.metanode.receipts.ReceiptLog;
import io.metanode.receipts.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The node's log of receipts with its name.
 *
 * @param log open for writing
 * @param origin the log's name
 * @param publicKey the file that holds the verifier keys
 * @param keys its private keys
 */
record Receipts(ReceiptLog log, String origin, Path publicKey, SigningKeys keys) {

  /** Opens the log, making it and its keys where there are none. */
  static Receipts open(NodeHome home, NodeConfig config, Clock clock) throws IOException {
    Path directory = home.receiptsDirectory();
    String origin =
        config.receiptsOrigin().isPresent() ? config.receiptsOrigin().get() : origin(directory);
    SigningKeys keys =
        switch (config.signer()) {
          case SignerConfig.KeyFile() ->
              new KeyDirectory(home.keysDirectory(), new SystemRandomness());
          case SignerConfig.Command command ->
              SigningKeys.of(
                  new CommandSigner(
                      command.command(), publicKey(command.publicKey()), command.timeout()));
          case SignerConfig.Pkcs11 token ->
              SigningKeys.of(
                  CommandSigner.pkcs11(
                      token.library(),
                      token.keyId(),
                      publicKey(token.publicKey()),
                      token.timeout()));
        };
    return new Receipts(
        ReceiptLog.open(directory, keys, origin, clock),
        origin,
        directory.resolve("log.vkey"),
        keys);
  }

  private static Ed25519PublicKey publicKey(Path pem) throws IOException {
    return Ed25519PublicKey.ofPem(Files.readString(pem))
        .orElseThrow(() -> new CommandException(pem + " holds no PEM Ed25519 PUBLIC KEY"));
  }

  /** A log keeps the name its checkpoint has, whatever the host is called by now. */
  private static String origin(Path directory) throws IOException {
    try {
      return Files.readAllLines(directory.resolve("checkpoint")).getFirst();
    } catch (NoSuchFileException e) {
      String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      return host + "/metanode";
    }
  }
}
