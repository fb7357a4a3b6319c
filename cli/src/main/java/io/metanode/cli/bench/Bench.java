package io.metanode.cli.bench;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.cli.Program;
import io.metanode.cli.ScratchFolder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * A folder of its own for the engines of one bench. They go with it, also where the program is
 * stopped amid it: they are in no process group of its, so that nothing else ends them. Each engine
 * runs in network and mount namespaces of its own, so that firewall rules, bridges and mounts are
 * gone with it and neither engine sees the other or the host's.
 */
final class Bench implements AutoCloseable {

  static final String IMAGE = "metanode/bench:latest";

  /** A fresh /sys shows the namespace's own interfaces; the host's cgroups are bound into it. */
  private static final String ENTER =
      "mount --rbind /sys/fs/cgroup /mnt && mount -t sysfs sysfs /sys"
          + " && mount --rbind /mnt /sys/fs/cgroup && umount -l /mnt"
          + " && { ip link set lo up 2>/dev/null; exec \"$0\" \"$@\"; }";

  private final ScratchFolder folder;
  private final Deque<Closeable> parts = new ArrayDeque<>();
  private boolean closed;

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
    return of(ScratchFolder.in(parent, "mnbench"));
  }

  static Bench of(ScratchFolder folder) {
    Bench bench = new Bench(folder);
    Runtime.getRuntime().addShutdownHook(new Thread(bench::closeOnExit, "bench-close"));
    return bench;
  }

  Path directory() {
    return folder.path();
  }

  /** The prefix that puts a program into fresh network and mount namespaces, loopback up. */
  static Program isolated(String... command) {
    List<String> words = new ArrayList<>();
    Collections.addAll(words, "setsid", "unshare", "--net", "--mount", "sh", "-c", ENTER);
    Collections.addAll(words, command);
    return Program.of(words.toArray(String[]::new));
  }

  /** Takes what is to be closed with the bench, the last first. */
  synchronized <T extends Closeable> T with(T part) {
    parts.push(part);
    return part;
  }

  /** Closes what was taken last. */
  synchronized void closeLast() throws IOException {
    parts.pop().close();
  }

  /** Closes all that it has and removes the folder; what cannot be removed is named. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (folder) {
      closeParts();
    }
  }

  /** One that cannot be closed leaves none of the others open. */
  private void closeParts() throws IOException {
    if (!parts.isEmpty()) {
      try {
        closeLast();
      } finally {
        closeParts();
      }
    }
  }

  private void closeOnExit() {
    try {
      close();
    } catch (IOException | RuntimeException e) {
      System.err.println("metanode: " + e.getMessage());
    }
  }
}
