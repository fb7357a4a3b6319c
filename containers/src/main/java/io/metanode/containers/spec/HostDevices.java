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
    collect(ROOT, ROOT, ROOT.toString(), "rwm", devices);
    return devices;
  }

  /**
   * What is given with {@code --device HOST:CONTAINER:ACCESS}: a device, also by a link to it, or
   * all devices in a directory and below; nothing if the path is neither.
   *
   * @throws SyscallException if there is no such path
   */
  public List<Device> find(Path path, String containerPath, String access) throws IOException {
    Path real = Files.isSymbolicLink(path) ? path.toRealPath() : path;
    List<Device> devices = new ArrayList<>();
    if (Files.isDirectory(real)) {
      collect(real, real, containerPath, access, devices);
    } else {
      device(real, containerPath, access).ifPresent(devices::add);
    }
    return devices;
  }

  private Optional<Device> device(Path path, String containerPath, String access)
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

  private void collect(
      Path root, Path directory, String containerRoot, String access, List<Device> devices)
      throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.sorted().toList()) {
        if (OWN.contains(String.valueOf(entry.getFileName())) || Files.isSymbolicLink(entry)) {
          continue;
        }
        if (Files.isDirectory(entry)) {
          collect(root, entry, containerRoot, access, devices);
        } else {
          String path = Path.of(containerRoot).resolve(root.relativize(entry)).toString();
          device(entry, path, access).ifPresent(devices::add);
        }
      }
    }
  }
}
