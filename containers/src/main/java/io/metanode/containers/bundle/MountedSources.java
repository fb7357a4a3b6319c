package io.metanode.containers.bundle;

import io.metanode.containers.engine.Definition;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.spec.MountPoint;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.volume.Volume;
import io.metanode.containers.volume.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes the sources of a container's mounts ready when it starts. */
public final class MountedSources {

  private final Volumes volumes;
  private final HostMounts hostMounts;

  public MountedSources(Volumes volumes, Syscalls syscalls) {
    this.volumes = volumes;
    hostMounts = new HostMounts(syscalls);
  }

  HostMounts hostMounts() {
    return hostMounts;
  }

  /**
   * @param directory the container's
   */
  List<MountPoint> mounts(Definition definition, Path directory, Path root)
      throws ApiException, IOException {
    List<MountPoint> mounts = new ArrayList<>();
    for (io.metanode.containers.engine.MountPoint mount : definition.mounts()) {
      mounts.add(
          switch (mount.type()) {
            case "tmpfs" -> MountPoint.tmpfs(mount.destination(), mount.options());
            case "volume" -> {
              String part = definition.hostConfig().volumePart(mount.destination());
              yield part.isEmpty()
                  ? volume(mount, root)
                  : bound(mount, part(mount, directory, mounts.size(), part).toString());
            }
            default -> bind(mount);
          });
    }
    return mounts;
  }

  private MountPoint volume(io.metanode.containers.engine.MountPoint mount, Path root)
      throws ApiException, IOException {
    Volume volume = volumes.ready(mount.name());
    if (mount.copies()) {
      volumes.fill(volume, root, mount.destination());
    }
    return bound(mount, volume.data().toString());
  }

  private Path part(
      io.metanode.containers.engine.MountPoint mount, Path directory, int number, String subpath)
      throws ApiException, IOException {
    Volume volume = volumes.ready(mount.name());
    try {
      return hostMounts.within(directory, number, volume.data(), subpath);
    } catch (SyscallException e) {
      throw ApiException.badRequest(
          "cannot access path " + volume.data().resolve(subpath) + ": " + e.reason());
    }
  }

  private static MountPoint bind(io.metanode.containers.engine.MountPoint mount)
      throws ApiException, IOException {
    Path source = Path.of(mount.source());
    if (!Files.exists(source)) {
      if (!mount.copies()) {
        throw ApiException.badRequest(
            "invalid mount config for type \"bind\": bind source path does not exist: " + source);
      }
      create(source);
    }
    return bound(mount, mount.source());
  }

  private static void create(Path source) throws ApiException {
    try {
      Files.createDirectories(source);
    } catch (IOException e) {
      throw ApiException.badRequest(
          "error while creating mount source path '" + source + "': " + e.getMessage());
    }
  }

  private static MountPoint bound(io.metanode.containers.engine.MountPoint mount, String source)
      throws IOException {
    MountPoint bound =
        MountPoint.bind(
            source,
            mount.destination(),
            !mount.writable(),
            mount.propagation().isEmpty() ? "rprivate" : mount.propagation());
    List<String> options = new ArrayList<>(bound.options());
    if (mount.options().isEmpty()) {
      if (mount.writable()
          || !RecursiveReadOnly.isKnownHere()
          || !HostMountTable.hasBelow(Path.of(source))) {
        return bound;
      }
      Collections.replaceAll(options, "ro", "rro");
      return new MountPoint(bound.destination(), bound.type(), bound.source(), options);
    }
    options.remove("rbind");
    options.addAll(0, mount.options());
    return new MountPoint(bound.destination(), bound.type(), bound.source(), options);
  }
}
