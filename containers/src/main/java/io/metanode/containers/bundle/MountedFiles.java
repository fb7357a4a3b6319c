package io.metanode.containers.bundle;

import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.ContainerFiles;
import io.metanode.containers.engine.Definition;
import io.metanode.containers.engine.MountPoint;
import io.metanode.containers.files.FileView;
import io.metanode.containers.files.MountedAt;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.NameFiles;
import io.metanode.containers.spec.UserIds;
import io.metanode.containers.spec.UserLookup;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.volume.Volumes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What containers see, put together from where it lies on the host; a tmpfs is not seen. */
public final class MountedFiles implements ContainerFiles {

  private final Syscalls syscalls;
  private final Volumes volumes;

  public MountedFiles(Syscalls syscalls, Volumes volumes) {
    this.syscalls = syscalls;
    this.volumes = volumes;
  }

  @Override
  public FileView open(Container container, Path root, Path directory)
      throws ApiException, IOException {
    Definition definition = container.definition();
    boolean writable = !definition.hostConfig().readOnlyRoot();
    List<MountedAt> mounts = new ArrayList<>();
    for (String file : NameFiles.NAMES) {
      mounts.add(new MountedAt(directory.resolve(file), "/etc/" + file, writable));
    }
    for (MountPoint mount : definition.mounts()) {
      if (mount.type().equals("volume")) {
        volumes.ready(mount.name());
      }
    }
    definition.mounts().stream()
        .filter(mount -> !mount.source().isEmpty())
        .map(mount -> mounted(mount))
        .sorted(Comparator.comparingInt(mount -> Path.of(mount.destination()).getNameCount()))
        .forEach(mounts::add);
    return new FileView(root, writable, mounts, syscalls);
  }

  private static MountedAt mounted(MountPoint mount) {
    return new MountedAt(
        Path.of(mount.source()), mount.part(), mount.destination(), mount.writable());
  }

  @Override
  public UserIds user(Container container, Path root) throws IOException {
    return new UserLookup(syscalls, root)
        .resolve(container.definition().config().user(), List.of())
        .ids();
  }
}
