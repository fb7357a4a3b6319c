package io.metanode.containers.engine;

import io.metanode.containers.cgroup.Cgroups;
import io.metanode.containers.cgroup.ContainerGroup;
import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.config.ExecConfig;
import io.metanode.containers.config.HostConfig;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.Snapshot;
import io.metanode.containers.image.Snapshots;
import io.metanode.containers.network.Egress;
import io.metanode.containers.network.Endpoint;
import io.metanode.containers.network.EndpointRequest;
import io.metanode.containers.network.Lease;
import io.metanode.containers.network.Networks;
import io.metanode.containers.spec.Limits;
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
import java.util.OptionalInt;
import java.util.OptionalLong;
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
  private long leastMemory;
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

  /** The memory that is held: less cannot be allowed. */
  void holds(long bytes) {
    leastMemory = bytes;
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
  public String path(ContainerGroup group) {
    return "/test/" + group.containerId();
  }

  @Override
  public Optional<Reading> read(ContainerGroup group) {
    return kernel == null ? Optional.of(reading) : kernel.read(group.containerId());
  }

  @Override
  public Optional<Metered> metered(ContainerGroup group) {
    return read(group)
        .map(all -> new Metered(all.cpuNanos(), all.memoryBytes(), all.outOfMemoryKills()));
  }

  @Override
  public Map<String, Long> memoryDetails(ContainerGroup group) {
    return Map.of();
  }

  @Override
  public List<DeviceBytes> blockDevices(ContainerGroup group) {
    return List.of();
  }

  @Override
  public List<Long> processorNanos(ContainerGroup group) {
    return List.of();
  }

  @Override
  public void limit(ContainerGroup group, Limits limits) throws IOException {
    if (limits.memoryBytes().orElse(Long.MAX_VALUE) < leastMemory) {
      throw new IOException("unable to set memory limit");
    }
    calls.add("limit " + limits.memoryBytes().orElse(0));
  }

  @Override
  public Limits limits(HostConfig host) {
    return new Limits(
        host.memoryBytes() == 0 ? OptionalLong.empty() : OptionalLong.of(host.memoryBytes()),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalInt.empty(),
        false);
  }

  @Override
  public void freeze(ContainerGroup group) {
    calls.add("freeze");
  }

  @Override
  public void thaw(ContainerGroup group) {
    calls.add("thaw");
  }

  @Override
  public List<Integer> processes(ContainerGroup group) {
    return List.of();
  }

  @Override
  public void remove(ContainerGroup group) {
    calls.add("remove groups");
    if (kernel != null) {
      kernel.removed(group.containerId());
    }
  }

  @Override
  public void removeOwnExcept(Set<ContainerGroup> known) {
    calls.add("sweep groups");
  }

  // File systems

  @Override
  public void removeAllExcept(Set<String> known) {
    calls.add("sweep");
  }

  private final class FakeSnapshot implements Snapshot {

    private final String id;
    private boolean mounted;

    private FakeSnapshot(String id) {
      this.id = id;
    }

    @Override
    public Path place() {
      return Path.of("/nowhere");
    }

    @Override
    public Path mount(boolean discardable) {
      mounted = true;
      return Path.of("/nowhere");
    }

    @Override
    public Held hold() {
      throw new UnsupportedOperationException("nothing to read");
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
  public Snapshot createMounted(String id, Image image) {
    return create(id, image);
  }

  @Override
  public Optional<Snapshot> open(String containerId) {
    return Optional.ofNullable(snapshots.get(containerId));
  }

  // Networks

  @Override
  public Network resolve(String nameOrId) throws ApiException {
    if (nameOrId.equals("nowhere")) {
      throw ApiException.notFound("network nowhere not found");
    }
    return nameOrId.startsWith("net")
        ? new Network("9" + "0".repeat(62) + nameOrId.charAt(3), nameOrId, Driver.BRIDGE)
        : new Network("n0", "none", Driver.NULL);
  }

  @Override
  public void check(Network network, EndpointRequest asked) {}

  @Override
  public Lease connect(String containerId, List<EndpointRequest> places, List<PortMapping> ports) {
    calls.add("connect");
    leased.add(containerId);
    return new FakeLease(containerId, LeaseRecord.NONE);
  }

  @Override
  public Lease share(int pid) {
    calls.add("share " + pid);
    return new FakeLease("", LeaseRecord.NONE);
  }

  @Override
  public Lease adopt(String containerId, int pid, LeaseRecord recorded) {
    calls.add("adopt");
    leased.add(containerId);
    return new FakeLease(containerId, recorded);
  }

  private final class FakeLease implements Lease {

    private final String containerId;
    private LeaseRecord places;

    private FakeLease(String containerId, LeaseRecord places) {
      this.containerId = containerId;
      this.places = places;
    }

    @Override
    public Optional<String> nameServer() {
      return Optional.empty();
    }

    @Override
    public OptionalInt namespaceDescriptor() {
      return OptionalInt.empty();
    }

    @Override
    public Egress egress() {
      return kernel == null
          ? Egress.NONE
          : new Egress(0, List.of(kernel.egressCounter(containerId)));
    }

    @Override
    public LeaseRecord record() {
      return places;
    }

    @Override
    public Endpoint join(Network network, EndpointRequest asked) {
      Endpoint made =
          new Endpoint(
              network.id(), network.name(), "e", "eth1", "mn1", "", "", 0, "", "", 0, "", asked);
      List<Endpoint> more = new ArrayList<>(places.endpoints());
      more.add(made);
      places = new LeaseRecord(more, List.of(), 0);
      return made;
    }

    @Override
    public Parting leave(Network network) {
      LeaseRecord before = places;
      places =
          new LeaseRecord(
              before.endpoints().stream()
                  .filter(place -> !place.networkId().equals(network.id()))
                  .toList(),
              List.of(),
              0);
      return new Parting() {
        @Override
        public void complete() {
          calls.add("left " + network.name());
        }

        @Override
        public void undo() {
          places = before;
        }
      };
    }

    @Override
    public void release() {
      leased.remove(containerId);
    }
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
  public void release(Path directory) {}

  @Override
  public void renetwork(
      Container container,
      Path directory,
      Lease lease,
      Optional<String> asksBefore,
      Optional<Endpoint> joined,
      Optional<Endpoint> left) {}

  @Override
  public void relink(Path directory, List<String> aliases, Endpoint place) {
    calls.add("relink " + directory.getFileName() + " " + aliases);
  }

  @Override
  public void checkUser(Path root, String user) {}

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
