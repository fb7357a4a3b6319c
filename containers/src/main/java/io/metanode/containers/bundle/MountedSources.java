package io.metanode.containers.bundle;

import io.metanode.containers.engine.Definition;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.spec.MountPoint;
import io.metanode.containers.sys.Constants;
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
            case "volume" -> volume(mount, directory, mounts.size(), root);
            case "image" -> {
              Path files = Path.of(mount.source());
              yield mount.part().isEmpty()
                  ? bound(mount, mount.source())
                  : bound(mount, part(mount, directory, mounts.size(), files).toString());
            }
            default -> bind(mount);
          });
    }
    return mounts;
  }

  /**
   * @param number of the mount among the container's
   */
  private MountPoint volume(
      io.metanode.containers.engine.MountPoint mount, Path directory, int number, Path root)
      throws ApiException, IOException {
    Volume volume = volumes.ready(mount.name());
    Path source =
        mount.part().isEmpty() ? volume.data() : part(mount, directory, number, volume.data());
    if (mount.copies() && Files.isDirectory(source)) {
      volumes.fill(source, root, mount.destination());
    }
    return bound(mount, source.toString());
  }

  private Path part(
      io.metanode.containers.engine.MountPoint mount, Path directory, int number, Path whole)
      throws ApiException, IOException {
    try {
      return hostMounts.within(directory, number, whole, mount.part());
    } catch (SyscallException e) {
      throw ApiException.badRequest(
          e.errno() == Constants.EXDEV
              ? "path concatenation escapes the base directory, base: %s, subpath: %s"
                  .formatted(whole, mount.part())
              : "cannot access path " + whole.resolve(mount.part()) + ": " + e.reason());
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
