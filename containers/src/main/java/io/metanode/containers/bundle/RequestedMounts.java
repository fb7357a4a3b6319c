package io.metanode.containers.bundle;

import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.config.HostConfig;
import io.metanode.containers.config.MountRequest;
import io.metanode.containers.engine.Containers;
import io.metanode.containers.engine.MountPoint;
import io.metanode.containers.engine.MountSources;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.Images;
import io.metanode.containers.volume.Volume;
import io.metanode.containers.volume.Volumes;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a new container wants mounted: binds, volumes, and what it shares with others. */
public final class RequestedMounts implements MountSources {

  /** What Docker lets through to a tmpfs. */
  private static final Pattern TMPFS_OPTION =
      Pattern.compile(
          "(size|mode|uid|gid|nr_inodes|nr_blocks|mpol)=.*|defaults|ro|rw|(no)?(suid|dev|exec|atime"
              + "|diratime|relatime)|strictatime|nostrictatime|sync|async|dirsync|mand|nomand"
              + "|remount|relatime|bind|rbind|r?(private|shared|slave|unbindable)");

  private final Volumes volumes;
  private final Images images;
  private final SharedMounts shared;

  /**
   * @param containers whose mounts new ones may share
   */
  public RequestedMounts(Volumes volumes, Images images, Containers containers) {
    this.volumes = volumes;
    this.images = images;
    shared = new SharedMounts(containers);
  }

  @Override
  public List<MountPoint> resolve(Actor actor, ContainerConfig config, HostConfig host)
      throws ApiException, IOException {
    Map<String, MountPoint> byDestination = new LinkedHashMap<>();
    List<MountPoint> wanted = new ArrayList<>();
    for (String bind : host.binds()) {
      wanted.add(BindSpec.parse(bind));
    }
    for (MountRequest mount : host.mounts()) {
      wanted.add(MountSpec.parse(mount));
    }
    for (Map.Entry<String, String> entry : host.tmpfs().entrySet()) {
      wanted.add(tmpfs(entry.getKey(), entry.getValue()));
    }
    for (MountPoint mount : wanted) {
      Paths.checkDestination(mount.destination());
      if (byDestination.putIfAbsent(mount.destination(), mount) != null) {
        throw ApiException.badRequest("Duplicate mount point: " + mount.destination());
      }
    }
    // Of several containers' mounts at one place the last counts, as by Docker.
    Map<String, MountPoint> others = new LinkedHashMap<>();
    for (MountPoint mount : shared.resolve(host.volumesFrom())) {
      others.put(mount.destination(), mount);
    }
    others.forEach(byDestination::putIfAbsent);
    for (String path : config.volumes()) {
      String clean = Paths.clean(path);
      Paths.checkDestination(clean);
      byDestination.putIfAbsent(clean, anonymous(clean));
    }
    return withVolumes(actor, byDestination, host);
  }

  private List<MountPoint> withVolumes(Actor actor, Map<String, MountPoint> mounts, HostConfig host)
      throws ApiException, IOException {
    Map<String, MountRequest> requests = new LinkedHashMap<>();
    host.mounts().forEach(request -> requests.put(Paths.clean(request.target()), request));
    List<MountPoint> resolved = new ArrayList<>();
    try {
      for (MountPoint mount : mounts.values()) {
        resolved.add(
            switch (mount.type()) {
              case "volume" ->
                  volume(actor, mount, Optional.ofNullable(requests.get(mount.destination())));
              case "image" -> image(mount);
              default -> mount;
            });
      }
      return resolved;
    } catch (ApiException | IOException | RuntimeException e) {
      removeAnonymous(actor, resolved);
      throw e;
    }
  }

  private MountPoint volume(Actor actor, MountPoint mount, Optional<MountRequest> request)
      throws ApiException, IOException {
    Volume volume =
        volumes.forMount(
            actor,
            mount.name(),
            request.map(MountRequest::volumeDriver).orElse(""),
            request.map(MountRequest::volumeDriverOptions).orElse(Map.of()),
            request.map(MountRequest::volumeLabels).orElse(Map.of()));
    return mount.ofVolume(volume.name(), volume.data().toString());
  }

  /** What another container mounts is that image still, whatever has its name by now. */
  private MountPoint image(MountPoint mount) throws ApiException {
    String reference = mount.image().map(Digest::toString).orElse(mount.name());
    Digest found = images.resolve(reference).id();
    return MountPoint.image(mount.name(), Optional.of(found), mount.destination(), mount.part());
  }

  private static MountPoint anonymous(String destination) {
    return new MountPoint("volume", "", "", destination, "", true, "", List.of(), true, true);
  }

  private static MountPoint tmpfs(String path, String options) throws ApiException {
    List<String> list = options.isEmpty() ? List.of() : List.of(options.split(",", -1));
    for (String option : list) {
      if (!TMPFS_OPTION.matcher(option).matches()) {
        throw ApiException.badRequest("invalid tmpfs option [\"" + option + "\"]");
      }
    }
    boolean writable = !list.contains("ro");
    return new MountPoint("tmpfs", "", "", Paths.clean(path), "", writable, "", list, false, false);
  }

  /** By another container, which has it from the one that goes. */
  private boolean isUsed(String volume) {
    return volumes.find(volume).filter(found -> !volumes.users(found).isEmpty()).isPresent();
  }

  @Override
  public void removeAnonymous(Actor actor, List<MountPoint> mounts) throws IOException {
    for (MountPoint mount : mounts) {
      if (mount.anonymous() && !mount.name().isEmpty() && !isUsed(mount.name())) {
        try {
          volumes.remove(actor, mount.name(), true);
        } catch (ApiException e) {
          System.getLogger(RequestedMounts.class.getName())
              .log(System.Logger.Level.INFO, "volume " + mount.name() + " stays", e);
        }
      }
    }
  }
}
