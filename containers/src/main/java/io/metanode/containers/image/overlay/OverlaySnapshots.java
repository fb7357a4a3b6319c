package io.metanode.containers.image.overlay;

import io.metanode.containers.files.ReadyDirectories;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.Snapshot;
import io.metanode.containers.image.Snapshots;
import io.metanode.containers.image.layer.ChainId;
import io.metanode.containers.image.layer.LayerStore;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Digest;
import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The snapshots under {@code <home>/snapshots/<container id>}. The link {@code top} there names the
 * highest layer of the image; a link's target is journaled with its directory, so a snapshot costs
 * no sync of its own. Those of images that are mounted have the link {@code image} in its place,
 * and no layer of mount points.
 */
public final class OverlaySnapshots implements Snapshots, AutoCloseable {

  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]*");
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final String TOP = "top";
  private static final String IMAGE = "image";
  private static final String EMPTY = "empty";
  private static final String NO_LAYERS = "scratch";

  private final Path directory;
  private final Path initLayer;
  private final LayerStore layers;
  private final Syscalls syscalls;
  private final String bootId;
  private final ReadyDirectories directories;
  private final Map<String, OverlaySnapshot> open = new ConcurrentHashMap<>();

  private OverlaySnapshots(
      Path directory,
      Path initLayer,
      LayerStore layers,
      Syscalls syscalls,
      String bootId,
      ReadyDirectories directories) {
    this.directory = directory;
    this.initLayer = initLayer;
    this.layers = layers;
    this.syscalls = syscalls;
    this.bootId = bootId;
    this.directories = directories;
  }

  /**
   * Opens the snapshots and claims the layers they stand on.
   *
   * @param spareTime where directories are made ahead
   */
  public static OverlaySnapshots open(
      Path home, LayerStore layers, Syscalls syscalls, Executor spareTime) throws IOException {
    Path directory = Files.createDirectories(home.resolve("snapshots")).toRealPath();
    OverlaySnapshots snapshots =
        new OverlaySnapshots(
            directory,
            InitLayer.open(directory, syscalls),
            layers,
            syscalls,
            Files.readString(BOOT_ID),
            ReadyDirectories.in(directory, OverlaySnapshot::makeIn, spareTime));
    for (String id : snapshots.onDisk()) {
      snapshots.read(id).ifPresent(snapshot -> snapshots.open.put(id, snapshot));
    }
    return snapshots;
  }

  private List<String> onDisk() throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .map(child -> child.getFileName().toString())
          .filter(name -> ID.matcher(name).matches())
          .toList();
    }
  }

  private Optional<OverlaySnapshot> read(String id) throws IOException {
    Path home = directory.resolve(id);
    boolean mounted = Files.isSymbolicLink(home.resolve(IMAGE));
    Path top = home.resolve(mounted ? IMAGE : TOP);
    if (!Files.isSymbolicLink(top) || !Files.exists(home.resolve("merged"))) {
      return Optional.empty();
    }
    String target = Files.readSymbolicLink(top).toString();
    try {
      List<Digest> chain = target.equals(NO_LAYERS) ? List.of() : layers.chain(new Digest(target));
      return Optional.of(snapshot(id, layers.pin(id, chain), lowest(home, mounted, chain)));
    } catch (IOException | IllegalArgumentException e) {
      System.getLogger(OverlaySnapshots.class.getName())
          .log(System.Logger.Level.WARNING, "snapshot of {0} is lost: {1}", id, e.getMessage());
      return Optional.of(lost(id));
    }
  }

  /** One whose layers are gone: it can be unmounted and removed, and nothing else. */
  private OverlaySnapshot lost(String id) {
    return snapshot(id, List.of(), List.of());
  }

  /** An overlay needs one layer at least. */
  private List<Path> lowest(Path home, boolean mounted, List<Digest> chain) {
    if (!mounted) {
      return List.of(initLayer);
    }
    return chain.isEmpty() ? List.of(home.resolve(EMPTY)) : List.of();
  }

  private OverlaySnapshot snapshot(String id, List<Path> roots, List<Path> lowest) {
    List<Path> lowers = new ArrayList<>(roots);
    lowers.addAll(lowest);
    return new OverlaySnapshot(
        directory.resolve(id),
        lowers,
        syscalls,
        bootId,
        () -> {
          open.remove(id);
          layers.unpin(id);
        });
  }

  @Override
  public Snapshot create(String containerId, Image image) throws IOException {
    return create(containerId, image, false);
  }

  @Override
  public Snapshot createMounted(String id, Image image) throws IOException {
    return create(id, image, true);
  }

  private Snapshot create(String id, Image image, boolean mounted) throws IOException {
    if (!ID.matcher(id).matches()) {
      throw new IOException("not a container id: " + id);
    }
    Path home = directory.resolve(id);
    if (Files.exists(home)) {
      throw new IOException("container " + id + " already has a file system");
    }
    List<Digest> chain = ChainId.of(image.layers());
    OverlaySnapshot snapshot = snapshot(id, layers.pin(id, chain), lowest(home, mounted, chain));
    try {
      directories.take(home);
      if (mounted && chain.isEmpty()) {
        Files.createDirectory(home.resolve(EMPTY));
      }
      snapshot.takeRoot();
      String top = chain.isEmpty() ? NO_LAYERS : chain.getLast().hex();
      Files.createSymbolicLink(home.resolve(mounted ? IMAGE : TOP), Path.of(top));
    } catch (IOException e) {
      layers.unpin(id);
      DurableFiles.removeTree(home);
      throw e;
    }
    open.put(id, snapshot);
    return snapshot;
  }

  @Override
  public Optional<Snapshot> open(String containerId) {
    return Optional.ofNullable(open.get(containerId));
  }

  @Override
  public void removeAllExcept(Set<String> known) throws IOException {
    for (String id : onDisk()) {
      if (!known.contains(id)) {
        remove(id);
      }
    }
  }

  private void remove(String id) throws IOException {
    Path home = directory.resolve(id);
    Path merged = home.resolve("merged");
    if (Files.isDirectory(merged, LinkOption.NOFOLLOW_LINKS)
        && syscalls.status(merged).device() != syscalls.status(home).device()) {
      OverlaySnapshot.unmount(merged, syscalls);
    }
    DurableFiles.removeTree(home);
    open.remove(id);
    layers.unpin(id);
  }

  /** Snapshots that are mounted stay so. */
  @Override
  public void close() {
    directories.close();
  }
}
