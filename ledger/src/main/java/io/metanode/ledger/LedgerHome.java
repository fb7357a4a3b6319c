package io.metanode.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A validator's directory and where everything in it lies.
 *
 * @param directory absolute
 */
public record LedgerHome(Path directory) {

  public LedgerHome {
    directory = directory.toAbsolutePath().normalize();
  }

  /** Makes the directories that are missing, for their owner alone. */
  void create() throws IOException {
    for (Path missing : List.of(directory, keys())) {
      if (!Files.isDirectory(missing)) {
        Files.createDirectories(
            missing,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    }
  }

  /** What the chain began with; the same on all validators. */
  public Path genesis() {
    return directory.resolve("genesis");
  }

  /** Addresses and what else each validator chooses for itself. */
  public Path settings() {
    return directory.resolve("ledger.json");
  }

  private Path keys() {
    return directory.resolve("keys");
  }

  /** The Ed25519 key of the validator's messages and links. */
  public Path key() {
    return keys().resolve("validator.pem");
  }

  /** The BLS12-381 key of its commit seals. */
  public Path sealKey() {
    return keys().resolve("validator-seal.pem");
  }

  /** Where a validator that was made with its chain has the key of the chain's governor. */
  public Path governorKey() {
    return keys().resolve("governor.pem");
  }

  /** What a running validator says of itself. */
  public Path status() {
    return directory.resolve("status.json");
  }

  /** Locked by the validator as long as it lives. */
  public Path lock() {
    return directory.resolve("lock");
  }

  Path blocks() {
    return directory.resolve("blocks");
  }

  Path votes() {
    return directory.resolve("votes");
  }

  /** What can be made again from the blocks. */
  public Path index() {
    return directory.resolve("index");
  }
}
