package io.metanode.receipts.verify;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.receipts.KeyHistory;
import io.metanode.receipts.tile.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The public keys the verifying party trusts: a PEM {@code PUBLIC KEY} block (Ed25519), or verifier
 * keys one a line, as the log's file {@code log.vkey} holds them.
 *
 * @param pem a key without a name
 * @param named keys with the log's name
 */
public record TrustedKeys(Optional<Ed25519PublicKey> pem, List<VerifierKey> named) {

  private static final int MOST = 1 << 20;

  public TrustedKeys {
    named = List.copyOf(named);
  }

  /**
   * Reads a file of keys.
   *
   * @throws IOException if it cannot be read or holds no key
   */
  public static TrustedKeys read(Path file) throws IOException {
    if (Files.size(file) > MOST) {
      throw new IOException(file + " is too large for a file of keys");
    }
    String text = Files.readString(file);
    Optional<Ed25519PublicKey> pem = Ed25519PublicKey.ofPem(text);
    List<VerifierKey> named = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String last = line.strip().substring(line.strip().lastIndexOf(' ') + 1);
      VerifierKey.parse(last).ifPresent(named::add);
    }
    if (pem.isEmpty() && named.isEmpty()) {
      throw new IOException(
          file + " holds no key: give a PEM PUBLIC KEY (Ed25519) or verifier keys (log.vkey)");
    }
    return new TrustedKeys(pem, named);
  }

  /** All Ed25519 keys, whatever they may sign for. */
  public List<Ed25519PublicKey> ed25519() {
    List<Ed25519PublicKey> keys = new ArrayList<>();
    pem.ifPresent(keys::add);
    named.forEach(key -> key.ed25519().ifPresent(keys::add));
    return keys;
  }

  /** Whether one of the log's keys is trusted; all that follow from it are then too. */
  boolean pins(KeyHistory keys) {
    return keys.periods().stream()
        .map(KeyHistory.Period::key)
        .anyMatch(key -> named.contains(key) || isPem(key));
  }

  /** Whether this very key is trusted. */
  boolean trusts(VerifierKey key) {
    return named.contains(key) || isPem(key);
  }

  private boolean isPem(VerifierKey key) {
    return pem.isPresent() && key.ed25519().equals(pem);
  }

  /** The post-quantum key of a log, if it is trusted. */
  Optional<VerifierKey> cosigner(String origin) {
    return named.stream()
        .filter(key -> key.type() == VerifierKey.ML_DSA_44 && key.name().equals(origin))
        .findFirst();
  }

  /** The Ed25519 keys that may sign for {@code origin}. */
  List<VerifierKey> signers(String origin) {
    List<VerifierKey> signers = new ArrayList<>();
    pem.ifPresent(key -> signers.add(VerifierKey.of(origin, key)));
    named.stream()
        .filter(key -> key.type() == VerifierKey.ED25519 && key.name().equals(origin))
        .forEach(signers::add);
    return signers;
  }
}
