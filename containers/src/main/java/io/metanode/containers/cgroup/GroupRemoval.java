package io.metanode.containers.cgroup;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Removes groups, and first kills what is left in them. */
final class GroupRemoval {

  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int STEPS = 2_500;

  private final Syscalls syscalls;

  GroupRemoval(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  /**
   * Removes a group and its children.
   *
   * @throws IOException if something in it does not die within five seconds
   */
  void remove(Path group) throws IOException {
    for (int step = 0; step < STEPS; step++) {
      try {
        removeTree(group);
        return;
      } catch (NoSuchFileException gone) {
        return;
      } catch (FileSystemException busy) {
        for (int pid : processes(group)) {
          kill(pid);
        }
        LockSupport.parkNanos(STEP_NANOS);
      }
    }
    throw new IOException("processes in " + group + " do not die: " + processes(group));
  }

  /**
   * Hardly any group has children: they are looked for, file by file, only where it will not go.
   */
  private static void removeTree(Path group) throws IOException {
    try {
      Files.delete(group);
    } catch (NoSuchFileException gone) {
      throw gone;
    } catch (FileSystemException busy) {
      for (Path child : children(group)) {
        removeTree(child);
      }
      Files.delete(group);
    }
  }

  /** The pids in a group and its children. */
  static List<Integer> processes(Path group) throws IOException {
    List<Integer> pids = new ArrayList<>();
    CgroupFile.lines(group.resolve("cgroup.procs"))
        .forEach(line -> pids.add(Integer.parseInt(line)));
    for (Path child : children(group)) {
      pids.addAll(processes(child));
    }
    return pids;
  }

  static List<Path> children(Path group) throws IOException {
    if (!Files.isDirectory(group)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(group)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }

  private void kill(int pid) throws SyscallException {
    try {
      syscalls.kill(pid, Constants.SIGKILL);
    } catch (SyscallException e) {
      if (e.errno() != Constants.ESRCH) {
        throw e;
      }
    }
  }
}
