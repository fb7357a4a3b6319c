package io.metanode.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A node's data directory and where everything in it lies. One node has one home.
 *
 * @param directory absolute and normalised
 * @param runDirectory short, so that unix socket paths in it stay under the kernel's 107 bytes
 */
public record NodeHome(Path directory, Path runDirectory) {

  /** The home the environment names: {@code METANODE_HOME}, else the default of the user. */
  public static NodeHome fromEnvironment() {
    return of(System.getenv(), isRoot(), Path.of(System.getProperty("user.home", "/")));
  }

  static NodeHome of(Map<String, String> environment, boolean root, Path userHome) {
    String named = environment.getOrDefault("METANODE_HOME", "");
    Path directory;
    if (!named.isEmpty()) {
      directory = Path.of(named);
    } else if (root) {
      directory = Path.of("/var/lib/metanode");
    } else {
      directory = userHome.resolve(".metanode");
    }
    directory = directory.toAbsolutePath().normalize();
    return new NodeHome(directory, runDirectory(directory, environment, root));
  }

  private static Path runDirectory(Path home, Map<String, String> environment, boolean root) {
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    Path base;
    if (root) {
      base = Path.of("/run");
    } else if (!runtime.isEmpty()) {
      base = Path.of(runtime);
    } else {
      return home.resolve("run");
    }
    return base.resolve("metanode").resolve(shortName(home));
  }

  private static String shortName(Path home) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(home.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** Makes the home and its run directory where they are missing, for their owner alone. */
  public void create() throws IOException {
    for (Path missing : List.of(directory, runDirectory, keysDirectory())) {
      if (!Files.isDirectory(missing)) {
        Files.createDirectories(
            missing,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    }
  }

  /** Whether this process runs as user 0. */
  public static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the owner of /proc/self", e);
    }
  }

  public Path configFile() {
    return directory.resolve("metanode.yaml");
  }

  /** Locked by the node as long as it lives. */
  public Path lockFile() {
    return directory.resolve("node.lock");
  }

  /** What the node says of itself once it is ready. */
  public Path statusFile() {
    return directory.resolve("node.json");
  }

  /** Where the node takes requests of its owner (docs/formats/node-socket.md). */
  public Path nodeSocket() {
    return directory.resolve("node.sock");
  }

  /** Images, containers, volumes and networks. */
  public Path engineDirectory() {
    return directory.resolve("engine");
  }

  public Path receiptsDirectory() {
    return directory.resolve("receipts");
  }

  /** The price book, and what was settled hour by hour. */
  public Path billsDirectory() {
    return directory.resolve("bills");
  }

  /** The validator that runs inside the node. */
  public Path ledgerDirectory() {
    return directory.resolve("ledger");
  }

  /** What was signed for a ledger, and which checkpoint is final there. */
  public Path logBlocksDirectory() {
    return directory.resolve("logblocks");
  }

  /** Which windows are claimed, and how far. */
  public Path claimsDirectory() {
    return directory.resolve("claims");
  }

  public Path keysDirectory() {
    return directory.resolve("keys");
  }

  public Path logFile() {
    return directory.resolve("log").resolve("node.log");
  }

  /** What a daemon's JVM writes beside its log, such as a crash before logging begins. */
  public Path outputFile() {
    return directory.resolve("log").resolve("node.out");
  }
}
