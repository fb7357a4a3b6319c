package io.metanode.containers.engine;

import io.metanode.containers.cgroup.Cgroups;
import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.config.ExecConfig;
import io.metanode.containers.config.HostConfig;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.Snapshot;
import io.metanode.containers.image.Snapshots;
import io.metanode.containers.network.Lease;
import io.metanode.containers.network.Networks;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Control groups, file systems, networks and bundles in memory. */
final class FakeHost implements Cgroups, Snapshots, Networks, Bundles, MountSources {

  private final Map<String, FakeSnapshot> snapshots = new HashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final Set<String> leased = new HashSet<>();
  private Reading reading = reading(0, 0, 0);
  private @Nullable Kernel kernel;
  private int failingUnmounts;
  private int failingVolumes;

  static Reading reading(long cpuNanos, long memoryBytes, long outOfMemoryKills) {
    return new Reading(
        cpuNanos,
        0,
        0,
        0,
        0,
        0,
        memoryBytes,
        0,
        0,
        Long.MAX_VALUE,
        outOfMemoryKills,
        1,
        Long.MAX_VALUE,
        0,
        0);
  }

  void counts(Reading now) {
    reading = now;
  }

  /** Counters of each container's own, from here on. */
  void counted(Kernel by) {
    kernel = by;
  }

  void failUnmounts(int times) {
    failingUnmounts = times;
  }

  void failRemovalOfVolumes(int times) {
    failingVolumes = times;
  }

  /** What was asked of the host, in order. */
  List<String> calls() {
    return calls;
  }

  Set<String> leased() {
    return leased;
  }

  Set<String> fileSystems() {
    return snapshots.keySet();
  }

  boolean mounted(String containerId) {
    FakeSnapshot snapshot = snapshots.get(containerId);
    return snapshot != null && snapshot.mounted;
  }

  // Control groups

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String path(String containerId) {
    return "/test/" + containerId;
  }

  @Override
  public Optional<Reading> read(String containerId) {
    return kernel == null ? Optional.of(reading) : kernel.read(containerId);
  }

  @Override
  public Map<String, Long> memoryDetails(String containerId) {
    return Map.of();
  }

  @Override
  public List<DeviceBytes> blockDevices(String containerId) {
    return List.of();
  }

  @Override
  public void freeze(String containerId) {
    calls.add("freeze");
  }

  @Override
  public void thaw(String containerId) {
    calls.add("thaw");
  }

  @Override
  public List<Integer> processes(String containerId) {
    return List.of();
  }

  @Override
  public void remove(String containerId) {
    calls.add("remove groups");
    if (kernel != null) {
      kernel.removed(containerId);
    }
  }

  @Override
  public void removeAllExcept(Set<String> known) {
    calls.add("sweep");
  }

  // File systems

  private final class FakeSnapshot implements Snapshot {

    private final String id;
    private boolean mounted;

    private FakeSnapshot(String id) {
      this.id = id;
    }

    @Override
    public Path mount(boolean discardable) {
      mounted = true;
      return Path.of("/nowhere");
    }

    @Override
    public void unmount() throws IOException {
      if (failingUnmounts > 0) {
        failingUnmounts--;
        throw new IOException("busy");
      }
      mounted = false;
    }

    @Override
    public void remove() {
      snapshots.remove(id);
    }

    @Override
    public List<Change> changes() {
      return List.of();
    }

    @Override
    public Archived archiveChanges(OutputStream target) {
      return new Archived(0, 0);
    }

    @Override
    public void takeChanges(Path target) {}

    @Override
    public void export(OutputStream target) {}

    @Override
    public long writtenBytes() {
      return kernel == null ? 0 : kernel.writtenBytes(id);
    }
  }

  @Override
  public Snapshot create(String containerId, Image image) {
    FakeSnapshot snapshot = new FakeSnapshot(containerId);
    snapshots.put(containerId, snapshot);
    return snapshot;
  }

  @Override
  public Optional<Snapshot> open(String containerId) {
    return Optional.ofNullable(snapshots.get(containerId));
  }

  // Networks

  @Override
  public Network resolve(String nameOrId) {
    return new Network("n0", "none", Driver.NULL);
  }

  @Override
  public Lease connect(String containerId, Network network, List<PortMapping> ports) {
    calls.add("connect");
    leased.add(containerId);
    return lease(containerId);
  }

  @Override
  public Lease adopt(String containerId, int pid, LeaseRecord recorded) {
    calls.add("adopt");
    leased.add(containerId);
    return lease(containerId);
  }

  private Lease lease(String containerId) {
    NoLease none = new NoLease(Optional.empty());
    return new Lease() {
      @Override
      public Optional<String> nameServer() {
        return Optional.empty();
      }

      @Override
      public java.util.OptionalInt namespaceDescriptor() {
        return none.namespaceDescriptor();
      }

      @Override
      public Optional<Path> egressCounter() {
        return kernel == null ? Optional.empty() : kernel.egressCounter(containerId);
      }

      @Override
      public LeaseRecord record() {
        return none.record();
      }

      @Override
      public void release() {
        leased.remove(containerId);
      }
    };
  }

  // Bundles and mounts

  @Override
  public List<String> check(ContainerConfig config, HostConfig host) {
    return List.of();
  }

  @Override
  public Path write(Container container, Path directory, Path root, Lease lease) {
    return directory;
  }

  @Override
  public void writeProcess(Container container, ExecConfig exec, Path root, Path target) {}

  @Override
  public List<MountPoint> resolve(Actor actor, ContainerConfig config, HostConfig hostConfig) {
    return List.of();
  }

  @Override
  public void removeAnonymous(Actor actor, List<MountPoint> mounts) throws IOException {
    if (failingVolumes > 0) {
      failingVolumes--;
      throw new IOException("busy");
    }
    calls.add("remove volumes");
  }
}
