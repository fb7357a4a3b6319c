package io.metanode.containers.bundle;

import io.metanode.containers.config.HostConfig;
import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.Containers;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.spec.MountPoint;
import io.metanode.containers.spec.Namespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What a container shares of System V and POSIX shared memory, semaphores and queues. */
final class IpcMode {

  private static final String TARGET = "/dev/shm";

  private final HostMounts mounts;
  private final Containers containers;

  IpcMode(HostMounts mounts, Containers containers) {
    this.mounts = mounts;
    this.containers = containers;
  }

  /**
   * @param memory what is mounted on {@code /dev/shm}; empty for memory of the container's own
   * @param hasMemory whether there is a {@code /dev/shm} at all
   */
  record Sharing(Namespace namespace, Optional<MountPoint> memory, boolean hasMemory) {}

  /**
   * @param directory the container's
   * @throws ApiException 409 if the other container does not run, 400 if it does not share
   */
  Sharing of(HostConfig host, Path directory) throws ApiException, IOException {
    Optional<String> other = host.ipcContainer();
    if (other.isPresent()) {
      return with(containers.joined(other.get(), "IPC"), directory);
    }
    return switch (host.ipcMode()) {
      case "host" -> ofHost();
      case "shareable" ->
          new Sharing(
              new Namespace.Fresh(),
              Optional.of(memory(mounts.shareMemory(directory, host.shmBytes()))),
              true);
      case "none" -> new Sharing(new Namespace.Fresh(), Optional.empty(), false);
      default -> new Sharing(new Namespace.Fresh(), Optional.empty(), true);
    };
  }

  private static Sharing ofHost() {
    return new Sharing(new Namespace.Host(), Optional.of(memory(Path.of(TARGET))), true);
  }

  private static Sharing with(Container other, Path directory) throws ApiException {
    return switch (other.definition().hostConfig().ipcMode()) {
      case "host" -> ofHost();
      case "shareable" ->
          new Sharing(
              new Namespace.Joined(Path.of("/proc/" + other.state().run().pid() + "/ns/ipc")),
              Optional.of(memory(HostMounts.sharedMemory(directory.resolveSibling(other.id())))),
              true);
      default ->
          throw ApiException.badRequest(
              "failed to join IPC namespace: container "
                  + other.id()
                  + ": non-shareable IPC (hint: use IpcMode:shareable for the donor container)");
    };
  }

  private static MountPoint memory(Path source) {
    return MountPoint.bind(source.toString(), TARGET, false, "rprivate");
  }
}
