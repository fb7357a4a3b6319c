package io.metanode.containers.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything an OCI configuration is made from.
 *
 * @param hostname empty where the UTS namespace is the host's
 * @param mounts in addition to Docker's own, each replacing one of those with its destination
 * @param privileged whether almost nothing is held back
 * @param devices in addition to the default ones
 * @param deviceRules further cgroup rules as Docker writes them, {@code c 1:3 rwm}
 * @param shmBytes the size of {@code /dev/shm}; 0 for none of it
 * @param maskedPaths what is hidden; Docker's list if empty
 * @param readonlyPaths what is read only; Docker's list if empty
 * @param cgroupsPath the container's cgroup
 */
public record ContainerSettings(
    ProcessSettings process,
    Path rootfs,
    boolean readonlyRootfs,
    Optional<String> hostname,
    Optional<String> domainname,
    List<MountPoint> mounts,
    boolean privileged,
    SeccompChoice seccomp,
    Namespaces namespaces,
    Limits limits,
    List<Device> devices,
    List<String> deviceRules,
    Map<String, String> sysctls,
    long shmBytes,
    Optional<List<String>> maskedPaths,
    Optional<List<String>> readonlyPaths,
    String cgroupsPath,
    Map<String, String> annotations) {

  /** Docker's size of {@code /dev/shm}, 64 MiB. */
  public static final long SHM_BYTES = 64L << 20;

  public ContainerSettings {
    mounts = List.copyOf(mounts);
    devices = List.copyOf(devices);
    deviceRules = List.copyOf(deviceRules);
    sysctls = Map.copyOf(sysctls);
    annotations = Map.copyOf(annotations);
  }
}
