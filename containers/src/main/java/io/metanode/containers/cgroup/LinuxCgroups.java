package io.metanode.containers.cgroup;

import io.metanode.containers.spec.Limits;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The host's control groups. Each controller is read where it is mounted: version 1 if it is there,
 * the unified hierarchy else. Containers' groups are the children of one parent, the engine's own,
 * or of what clients chose.
 */
public final class LinuxCgroups implements Cgroups {

  private static final String PARENT = "metanode";

  private final Hierarchies hierarchies;
  private final String parent;
  private final GroupRemoval removal;

  LinuxCgroups(Hierarchies hierarchies, String parent, Syscalls syscalls) {
    this.hierarchies = hierarchies;
    this.parent = parent;
    this.removal = new GroupRemoval(syscalls);
  }

  /** Finds how this host mounts its control groups. */
  public static LinuxCgroups detect(Syscalls syscalls) throws IOException {
    return detect(syscalls, PARENT);
  }

  /**
   * With another parent group, for engines that share a host: {@link #removeOwnExcept} removes what
   * is in it.
   */
  public static LinuxCgroups detect(Syscalls syscalls, String parent) throws IOException {
    return new LinuxCgroups(Hierarchies.detect(), parent, syscalls);
  }

  /** Removes everything under the parent group, and the group itself. */
  public void removeAll() throws IOException {
    removeOwnExcept(Set.of());
    for (Path directory : hierarchies.all(parent)) {
      Files.deleteIfExists(directory);
    }
  }

  /** Removes the parent group where no container is left in it. */
  public void removeEmptyParent() throws IOException {
    for (Path directory : hierarchies.all(parent)) {
      if (Files.isDirectory(directory) && GroupRemoval.children(directory).isEmpty()) {
        Files.deleteIfExists(directory);
      }
    }
  }

  @Override
  public int version() {
    return hierarchies.version();
  }

  @Override
  public String path(ContainerGroup container) {
    return "/" + group(container);
  }

  private String group(ContainerGroup container) {
    return container.path(parent);
  }

  @Override
  public Optional<Reading> read(ContainerGroup container) throws IOException {
    String group = group(container);
    if (hierarchies.all(group).stream().noneMatch(Files::isDirectory)) {
      return Optional.empty();
    }
    CpuCounts cpu = cpu(group);
    MemoryCounts memory = memory(group);
    PidCounts pids = pids(group);
    BlockIoCounts io = blockIo(group);
    return Optional.of(
        new Reading(
            cpu.nanos(),
            cpu.userNanos(),
            cpu.systemNanos(),
            cpu.throttledNanos(),
            cpu.throttledPeriods(),
            cpu.periods(),
            memory.bytes(),
            memory.inactiveFileBytes(),
            memory.peakBytes(),
            memory.limitBytes(),
            memory.outOfMemoryKills(),
            pids.current(),
            pids.limit(),
            io.readBytes(),
            io.writeBytes()));
  }

  @Override
  public Optional<Metered> metered(ContainerGroup container) throws IOException {
    String group = group(container);
    if (hierarchies.all(group).stream().noneMatch(Files::isDirectory)) {
      return Optional.empty();
    }
    return Optional.of(
        new Metered(
            counts("cpuacct", group, CpuCounts::nanosVersion1, CpuCounts::nanosVersion2, 0L),
            counts("memory", group, MemoryCounts::bytesVersion1, MemoryCounts::bytesVersion2, 0L),
            counts("memory", group, MemoryCounts::killsVersion1, MemoryCounts::killsVersion2, 0L)));
  }

  /** Reads what one controller counts of a group. */
  private interface Counting<T> {
    T read(Path group) throws IOException;
  }

  /** Of version 1 where the controller is mounted so, else of version 2. */
  private <T> T counts(
      String controller, String group, Counting<T> version1, Counting<T> version2, T none)
      throws IOException {
    Optional<Path> own = hierarchies.version1(controller, group);
    if (own.isPresent()) {
      return version1.read(own.get());
    }
    Optional<Path> unified = hierarchies.version2(group);
    return unified.isPresent() ? version2.read(unified.get()) : none;
  }

  private CpuCounts cpu(String group) throws IOException {
    return counts(
        "cpuacct",
        group,
        accounting -> CpuCounts.version1(accounting, hierarchies.version1("cpu", group)),
        CpuCounts::version2,
        CpuCounts.NONE);
  }

  private MemoryCounts memory(String group) throws IOException {
    return counts(
        "memory", group, MemoryCounts::version1, MemoryCounts::version2, MemoryCounts.NONE);
  }

  private PidCounts pids(String group) throws IOException {
    return counts("pids", group, PidCounts::of, PidCounts::of, PidCounts.NONE);
  }

  private BlockIoCounts blockIo(String group) throws IOException {
    return counts(
        "blkio", group, BlockIoCounts::version1, BlockIoCounts::version2, BlockIoCounts.NONE);
  }

  @Override
  public Map<String, Long> memoryDetails(ContainerGroup container) throws IOException {
    String group = group(container);
    Optional<Path> directory =
        hierarchies.version1("memory", group).or(() -> hierarchies.version2(group));
    return directory.isPresent()
        ? CgroupFile.keyed(directory.get().resolve("memory.stat"))
        : Map.of();
  }

  @Override
  public List<DeviceBytes> blockDevices(ContainerGroup container) throws IOException {
    String group = group(container);
    Optional<Path> own = hierarchies.version1("blkio", group);
    if (own.isPresent()) {
      return BlockIoCounts.devicesVersion1(own.get());
    }
    Optional<Path> unified = hierarchies.version2(group);
    return unified.isPresent() ? BlockIoCounts.devicesVersion2(unified.get()) : List.of();
  }

  @Override
  public List<Long> processorNanos(ContainerGroup container) throws IOException {
    Optional<Path> own = hierarchies.version1("cpuacct", group(container));
    return own.isPresent() ? CpuCounts.processorNanosVersion1(own.get()) : List.of();
  }

  @Override
  public void freeze(ContainerGroup container) throws IOException {
    freezer(container).freeze();
  }

  @Override
  public void thaw(ContainerGroup container) throws IOException {
    freezer(container).thaw();
  }

  @Override
  public void limit(ContainerGroup container, Limits limits) throws IOException {
    new LiveLimits(hierarchies, group(container)).apply(limits);
  }

  private Freezer freezer(ContainerGroup container) throws IOException {
    String group = group(container);
    return hierarchies
        .version1("freezer", group)
        .map(Freezer::version1)
        .or(() -> hierarchies.version2(group).map(Freezer::version2))
        .orElseThrow(
            () ->
                new IOException(
                    "no freezer is mounted on this host, neither cgroup version 1 nor 2"));
  }

  @Override
  public List<Integer> processes(ContainerGroup container) throws IOException {
    Set<Integer> pids = new TreeSet<>();
    for (Path directory : hierarchies.all(group(container))) {
      pids.addAll(GroupRemoval.processes(directory));
    }
    return List.copyOf(pids);
  }

  @Override
  public void remove(ContainerGroup container) throws IOException {
    thawForDeath(container);
    for (Path directory : hierarchies.all(group(container))) {
      removal.remove(directory);
    }
  }

  /** Frozen processes of version 1 do not die. */
  private void thawForDeath(ContainerGroup container) throws IOException {
    Optional<Path> freezer = hierarchies.version1("freezer", group(container));
    if (freezer.isPresent() && Files.isDirectory(freezer.get())) {
      Freezer.version1(freezer.get()).thaw();
    }
  }

  @Override
  public void removeOwnExcept(Set<ContainerGroup> known) throws IOException {
    List<Path> kept = known.stream().map(container -> Path.of(group(container))).toList();
    Set<String> found = new TreeSet<>();
    for (Path directory : hierarchies.all(parent)) {
      GroupRemoval.children(directory)
          .forEach(child -> found.add(String.valueOf(child.getFileName())));
    }
    found.removeIf(name -> kept.stream().anyMatch(path -> path.startsWith(Path.of(parent, name))));
    List<IOException> failures = new ArrayList<>();
    for (String name : found) {
      try {
        remove(new ContainerGroup(name, Optional.empty()));
      } catch (IOException e) {
        failures.add(e);
      } catch (UncheckedIOException e) {
        failures.add(e.getCause());
      }
    }
    if (!failures.isEmpty()) {
      IOException first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }
}
