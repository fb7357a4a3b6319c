package io.metanode.node;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.containers.LauncherChoice;
import io.metanode.containers.RegistrySettings;
import io.metanode.containers.RemoteSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;

/**
 * The configuration of a node, {@code metanode.yaml} in its home. Every key has a default and is
 * described in docs/guides/configuration.md.
 *
 * @param text the file as it was read
 * @param dockerSocket where the Docker Engine API is served
 * @param socketGroup the group that may use the socket besides its owner
 * @param policyFile the policy; without one everything is allowed
 * @param receiptsOrigin the name of the log of receipts in its checkpoints; where it is not set, a
 *     log keeps its name and a new one is named after the host
 * @param signer who signs the receipts
 * @param runc the OCI runtime
 * @param launcher what starts containers
 * @param quickJoins whether the host's cgroups may be remounted so that containers start sooner
 * @param registries how images are pulled and pushed
 * @param remote how clients on other hosts reach the engine; empty where they do not
 * @param ledger the validator inside the node
 * @param billing what bills follow
 * @param logLevel the least level that is logged
 */
record NodeConfig(
    String text,
    Path dockerSocket,
    Optional<String> socketGroup,
    Optional<Path> policyFile,
    Optional<String> receiptsOrigin,
    SignerConfig signer,
    String runc,
    LauncherChoice launcher,
    boolean quickJoins,
    RegistrySettings registries,
    Optional<RemoteSettings> remote,
    LedgerConfig ledger,
    BillingConfig billing,
    Level logLevel) {

  /** Longest path a unix socket can be bound to (sun_path of unix(7), less the final zero). */
  private static final int LONGEST_SOCKET_PATH = 107;

  private static final List<String> LAUNCHERS = List.of("auto", "runc");
  private static final List<String> SWITCH = List.of("on", "off");
  private static final List<String> LEVELS = List.of("error", "warning", "info", "debug");

  /** Reads the home's configuration; a file that is not there configures nothing. */
  static NodeConfig read(NodeHome home) throws IOException {
    Path file = home.configFile();
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      text = "";
    }
    return parse(home, file.toString(), text);
  }

  static NodeConfig parse(NodeHome home, String file, String text) {
    YamlMap root = YamlMap.parse(file, text);
    YamlMap receipts = root.map("receipts");
    LedgerConfig ledger = LedgerConfig.read(root.map("ledger"), home, file);
    NodeConfig config =
        new NodeConfig(
            text,
            home.directory()
                .resolve(root.text("dockerSocket").orElse(defaultSocket(home).toString())),
            root.text("socketGroup"),
            root.text("policy").map(home.directory()::resolve),
            receipts.text("origin"),
            new SignerConfigReader(receipts, home.directory(), file).read(),
            root.text("runc").orElse("runc"),
            LauncherChoice.valueOf(
                root.word("launcher", LAUNCHERS).orElse("auto").toUpperCase(Locale.ROOT)),
            root.word("quickJoins", SWITCH).orElse("on").equals("on"),
            RegistryConfig.read(root.map("registries"), home, file),
            RemoteConfig.read(root.map("remote"), home, file),
            ledger,
            BillingConfig.read(root.map("billing"), home, !ledger.validators().isEmpty(), file),
            level(root.word("logLevel", LEVELS).orElse("info")));
    root.requireAllRead();
    if (byteLength(config.dockerSocket) > LONGEST_SOCKET_PATH) {
      throw new CommandException(
          "the path of dockerSocket is longer than the kernel's "
              + LONGEST_SOCKET_PATH
              + " bytes: "
              + config.dockerSocket
              + "; set dockerSocket in "
              + file
              + " to a shorter one");
    }
    return config;
  }

  private static Path defaultSocket(NodeHome home) {
    Path inHome = home.directory().resolve("docker.sock");
    return byteLength(inHome) <= LONGEST_SOCKET_PATH
        ? inHome
        : home.runDirectory().resolve("docker.sock");
  }

  private static int byteLength(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static Level level(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "error" -> Level.SEVERE;
      case "warning" -> Level.WARNING;
      case "debug" -> Level.FINE;
      default -> Level.INFO;
    };
  }
}
