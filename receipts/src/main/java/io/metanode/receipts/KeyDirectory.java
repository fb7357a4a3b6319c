package io.metanode.receipts;

import io.metanode.crypto.KeyFile;
import io.metanode.crypto.MlDsa44;
import io.metanode.crypto.Signer;
import io.metanode.foundation.Digest;
import io.metanode.foundation.DurableFiles;
import io.metanode.foundation.Randomness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Private keys in files of mode 0600: {@code receipts-<id>.pem}, where {@code <id>} is the first 16
 * digits of the key's id, and {@code receipts-ml-dsa-44.pem}.
 */
public final class KeyDirectory implements SigningKeys {

  private static final int SHORT = 16;

  private final Path directory;
  private final Randomness randomness;

  public KeyDirectory(Path directory, Randomness randomness) {
    this.directory = directory;
    this.randomness = randomness;
  }

  @Override
  public Signer first() throws IOException {
    return next();
  }

  @Override
  public Signer withId(Digest keyId) throws IOException {
    Path file = file(keyId);
    if (Files.notExists(file)) {
      throw new IOException(
          "the log's private key %s is missing: put %s back from a backup".formatted(keyId, file));
    }
    Signer signer = KeyFile.ed25519(file);
    if (!signer.publicKey().id().equals(keyId)) {
      throw new IOException(file + " holds the key " + signer.publicKey().id() + ", not " + keyId);
    }
    return signer;
  }

  @Override
  public synchronized Signer next() throws IOException {
    Files.createDirectories(directory);
    Path fresh = directory.resolve("receipts-new.pem");
    Signer signer = KeyFile.newEd25519(fresh, randomness);
    Files.move(fresh, file(signer.publicKey().id()), StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.syncDirectory(directory);
    return signer;
  }

  private Path file(Digest keyId) {
    return directory.resolve("receipts-" + keyId.hex().substring(0, SHORT) + ".pem");
  }

  @Override
  public Optional<MlDsa44> cosigner() throws IOException {
    Files.createDirectories(directory);
    return Optional.of(KeyFile.mlDsa44(directory.resolve("receipts-ml-dsa-44.pem")));
  }
}
