package io.metanode.cli.bench;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.cli.Program;
import io.metanode.cli.ScratchFolder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A folder of its own for the engines of one bench. Each engine runs in network and mount
 * namespaces of its own, so that firewall rules, bridges and mounts are gone with it and neither
 * engine sees the other or the host's.
 */
final class Bench implements AutoCloseable {

  static final String IMAGE = "metanode/bench:latest";

  /** A fresh /sys shows the namespace's own interfaces; the host's cgroups are bound into it. */
  private static final String ENTER =
      "mount --rbind /sys/fs/cgroup /mnt && mount -t sysfs sysfs /sys"
          + " && mount --rbind /mnt /sys/fs/cgroup && umount -l /mnt"
          + " && { ip link set lo up 2>/dev/null; exec \"$0\" \"$@\"; }";

  private final ScratchFolder folder;

  private Bench(ScratchFolder folder) {
    this.folder = folder;
  }

  static Bench in(Path parent) throws IOException {
    if (!NodeHome.isRoot()) {
      throw new CommandException("this bench starts two engines and needs root");
    }
    for (String tool : new String[] {"docker", "dockerd", "unshare"}) {
      if (!Program.isInstalled(tool)) {
        throw new CommandException("this bench needs " + tool + " on the PATH");
      }
    }
    return new Bench(ScratchFolder.in(parent, "mnbench"));
  }

  Path directory() {
    return folder.path();
  }

  /** The prefix that puts a program into fresh network and mount namespaces, loopback up. */
  static Program isolated(String... command) {
    String[] words = new String[command.length + 6];
    words[0] = "unshare";
    words[1] = "--net";
    words[2] = "--mount";
    words[3] = "sh";
    words[4] = "-c";
    words[5] = ENTER;
    System.arraycopy(command, 0, words, 6, command.length);
    return Program.of(words);
  }

  /** Removes the folder; what cannot be removed is named. */
  @Override
  public void close() throws IOException {
    folder.close();
  }
}
