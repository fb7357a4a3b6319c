package io.metanode.containers.bundle;

import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.config.HostConfig;
import io.metanode.containers.config.MountRequest;
import io.metanode.containers.engine.Containers;
import io.metanode.containers.engine.MountPoint;
import io.metanode.containers.engine.MountSources;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.volume.Volume;
import io.metanode.containers.volume.Volumes;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

  private final SharedMounts shared;

  /**
   * @param containers whose mounts new ones may share
   */
  public RequestedMounts(Volumes volumes, Containers containers) {
    this.volumes = volumes;
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
      wanted.add(requested(mount));
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
            mount.type().equals("volume")
                ? volume(actor, mount, Optional.ofNullable(requests.get(mount.destination())))
                : mount);
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
    return new MountPoint(
        "volume",
        volume.name(),
        volume.data().toString(),
        mount.destination(),
        mount.mode(),
        mount.writable(),
        mount.propagation(),
        mount.options(),
        mount.copies(),
        mount.anonymous());
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

  private static MountPoint requested(MountRequest request) throws ApiException {
    String target = Paths.clean(request.target());
    if (target.isEmpty()) {
      throw invalid(request, "field Target must not be empty");
    }
    for (String options : List.of("BindOptions", "VolumeOptions", "ImageOptions")) {
      boolean own = options.toLowerCase(Locale.ROOT).startsWith(request.type());
      boolean passedOver = request.type().equals("tmpfs") && options.equals("VolumeOptions");
      if (request.json().hasNonNull(options) && !own && !passedOver) {
        throw invalid(request, "field " + options + " must not be specified");
      }
    }
    return switch (request.type()) {
      case "bind" -> bind(request, target);
      case "volume" -> volume(request, target);
      case "tmpfs" -> tmpfs(request, target);
      default -> throw ApiException.badRequest("mount type unknown: \"" + request.type() + "\"");
    };
  }

  private static MountPoint volume(MountRequest request, String target) throws ApiException {
    String subpath = request.volumeSubpath();
    if (!subpath.isEmpty() && request.source().isEmpty()) {
      throw invalid(request, "must not set Subpath when using anonymous volumes");
    }
    if (subpath.startsWith("/") || List.of(subpath.split("/", -1)).contains("..")) {
      throw invalid(request, "subpath must be a relative path within the volume");
    }
    return new MountPoint(
        "volume",
        request.source(),
        "",
        target,
        "z",
        !request.readOnly(),
        "",
        List.of(),
        !request.noCopy() && subpath.isEmpty(),
        request.source().isEmpty());
  }

  private static MountPoint bind(MountRequest request, String target) throws ApiException {
    if (request.source().isEmpty()) {
      throw invalid(request, "field Source must not be empty");
    }
    if (!request.source().startsWith("/")) {
      throw invalid(
          request, "invalid mount path: '" + request.source() + "' mount path must be absolute");
    }
    if (!request.createsMountpoint() && !Files.exists(Path.of(request.source()))) {
      throw invalid(request, "bind source path does not exist: " + request.source());
    }
    return new MountPoint(
        "bind",
        "",
        Paths.clean(request.source()),
        target,
        "",
        !request.readOnly(),
        request.propagation().isEmpty() ? "rprivate" : request.propagation(),
        options(request),
        request.createsMountpoint(),
        false);
  }

  private static List<String> options(MountRequest request) throws ApiException {
    if (request.readOnlyByItself() && (!request.readOnly() || request.readOnlyWithAll())) {
      throw ApiException.badRequest(
          "mount options conflict: "
              + (request.readOnly() ? "" : "!ReadOnly && BindOptions.")
              + "ReadOnlyNonRecursive"
              + (request.readOnly() ? " && BindOptions.ReadOnlyForceRecursive" : ""));
    }
    if (request.readOnlyWithAll() && !request.readOnly()) {
      throw ApiException.badRequest(
          "mount options conflict: !ReadOnly && BindOptions.ReadOnlyForceRecursive");
    }
    if (request.readOnlyWithAll() && !RecursiveReadOnly.isKnownHere()) {
      throw ApiException.badRequest(
          "BindOptions.ReadOnlyForceRecursive needs Linux 5.12 or newer, here is "
              + System.getProperty("os.version"));
    }
    if (request.nonRecursive()) {
      return List.of("bind");
    }
    return request.readOnlyByItself() ? List.of("rbind") : List.of();
  }

  private static MountPoint tmpfs(MountRequest request, String target) throws ApiException {
    if (!request.source().isEmpty()) {
      throw invalid(request, "field Source must not be specified");
    }
    List<String> options = new ArrayList<>();
    if (request.tmpfsBytes() > 0) {
      options.add("size=" + request.tmpfsBytes());
    }
    if (request.tmpfsMode() > 0) {
      options.add("mode=" + Integer.toOctalString(request.tmpfsMode()));
    }
    if (request.readOnly()) {
      options.add("ro");
    }
    return new MountPoint(
        "tmpfs", "", "", target, "", !request.readOnly(), "", options, false, false);
  }

  private static ApiException invalid(MountRequest request, String why) {
    return ApiException.badRequest(
        "invalid mount config for type \"" + request.type() + "\": " + why);
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
