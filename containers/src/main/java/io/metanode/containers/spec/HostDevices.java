package io.metanode.containers.spec;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.sys.Syscalls.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The host's device nodes. */
public final class HostDevices {

  private static final Path ROOT = Path.of("/dev");

  /** What a container has of its own. */
  private static final Set<String> OWN =
      Set.of("pts", "shm", "fd", "mqueue", "console", ".lxc", ".lxd-mounts", ".udev");

  private static final int PERMISSIONS = 07777;

  private final Syscalls syscalls;

  public HostDevices(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  /** Every device, as a privileged container gets them. */
  public List<Device> all() throws IOException {
    List<Device> devices = new ArrayList<>();
    collect(ROOT, devices);
    return devices;
  }

  /**
   * A device given with {@code --device HOST:CONTAINER:ACCESS}; empty if the path is no device.
   *
   * @throws SyscallException if there is no such path
   */
  public Optional<Device> find(Path path, String containerPath, String access)
      throws SyscallException {
    FileStatus status = syscalls.status(path);
    int kind = status.mode() & Constants.S_IFMT;
    if (kind != Constants.S_IFCHR && kind != Constants.S_IFBLK) {
      return Optional.empty();
    }
    return Optional.of(
        new Device(
            containerPath,
            kind == Constants.S_IFCHR ? 'c' : 'b',
            Constants.deviceMajor(status.specialDevice()),
            Constants.deviceMinor(status.specialDevice()),
            status.mode() & PERMISSIONS,
            status.uid(),
            status.gid(),
            access));
  }

  private void collect(Path directory, List<Device> devices) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.sorted().toList()) {
        if (OWN.contains(String.valueOf(entry.getFileName())) || Files.isSymbolicLink(entry)) {
          continue;
        }
        if (Files.isDirectory(entry)) {
          collect(entry, devices);
        } else {
          find(entry, entry.toString(), "rwm").ifPresent(devices::add);
        }
      }
    }
  }
}
