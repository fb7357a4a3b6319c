package io.metanode.node;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.cli.Version;
import io.metanode.containers.DockLock;
import io.metanode.containers.DockLockConfig;
import io.metanode.foundation.Clock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.policy.Policy;
import io.metanode.receipts.ReceiptLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** The engine as the configuration wants it. */
final class Engines {

  private Engines() {}

  static DockLock open(
      NodeHome home, NodeConfig config, ReceiptLog receipts, Policy policy, Clock clock)
      throws IOException {
    if (!NodeHome.isRoot()) {
      throw new CommandException(
          "the node needs root for namespaces, mounts and cgroups; start it with sudo");
    }
    Path socket = config.dockerSocket();
    if (config.socketGroup().isPresent() && socket.startsWith(home.directory())) {
      letThrough(home.directory(), config.socketGroup().get());
    }
    return DockLock.open(
        new DockLockConfig(
            socket,
            "rw-rw----",
            config.socketGroup(),
            home.engineDirectory(),
            home.runDirectory(),
            runtime(config.runc()),
            config.launcher(),
            config.quickJoins(),
            config.registries(),
            Version.current()),
        receipts,
        receipts,
        policy,
        clock,
        new SystemRandomness());
  }

  /** Lets a group reach the socket in a directory, and see nothing else there. */
  private static void letThrough(Path directory, String name) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(directory, PosixFileAttributeView.class);
    GroupPrincipal group =
        directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
    view.setGroup(group);
    view.setPermissions(PosixFilePermissions.fromString("rwx--x---"));
  }

  private static Path runtime(String name) {
    if (name.contains("/")) {
      return Path.of(name);
    }
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/bin:/sbin:/bin";
    return Arrays.stream(path.split(":", -1))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    "no "
                        + name
                        + " on the PATH; apt-get install runc, or set runc in the"
                        + " configuration"));
  }
}
