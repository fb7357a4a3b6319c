package io.metanode.containers.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings as {@code docker run busybox sh} makes them, changed one by one. */
final class Samples {

  private List<String> arguments = List.of("sh");
  private List<String> capabilities = Capabilities.DEFAULT;
  private List<Ulimit> ulimits = List.of();
  private List<MountPoint> mounts = List.of();
  private List<String> deviceRules = List.of();
  private UserIds user = UserIds.ROOT;
  private Limits limits = Limits.NONE;
  private Namespaces namespaces = Namespaces.defaults(new Namespace.Fresh(), 1);
  private SeccompChoice seccomp = new SeccompChoice.Default();
  private Path rootfs = Path.of("/rootfs");
  private String cgroup = "/metanode/sample";
  private boolean privileged;
  private boolean readonly;
  private boolean noNewPrivileges;
  private int oomScore;

  private Samples() {}

  static Samples settings() {
    return new Samples();
  }

  Samples arguments(String... changed) {
    arguments = List.of(changed);
    return this;
  }

  Samples capabilities(List<String> changed) {
    capabilities = changed;
    return this;
  }

  Samples ulimits(List<Ulimit> changed) {
    ulimits = changed;
    return this;
  }

  Samples mounts(List<MountPoint> changed) {
    mounts = changed;
    return this;
  }

  Samples deviceRules(List<String> changed) {
    deviceRules = changed;
    return this;
  }

  Samples user(UserIds changed) {
    user = changed;
    return this;
  }

  Samples limits(Limits changed) {
    limits = changed;
    return this;
  }

  Samples namespaces(Namespaces changed) {
    namespaces = changed;
    return this;
  }

  Samples seccomp(SeccompChoice changed) {
    seccomp = changed;
    return this;
  }

  Samples rootfs(Path changed) {
    rootfs = changed;
    return this;
  }

  Samples cgroup(String changed) {
    cgroup = changed;
    return this;
  }

  Samples privileged(boolean changed) {
    privileged = changed;
    return this;
  }

  Samples readonly(boolean changed) {
    readonly = changed;
    return this;
  }

  Samples noNewPrivileges(boolean changed) {
    noNewPrivileges = changed;
    return this;
  }

  Samples oomScore(int changed) {
    oomScore = changed;
    return this;
  }

  ContainerSettings build() {
    ProcessSettings process =
        new ProcessSettings(
            arguments,
            List.of("PATH=/bin"),
            "/",
            user,
            false,
            capabilities,
            noNewPrivileges,
            ulimits,
            oomScore);
    return new ContainerSettings(
        process,
        rootfs,
        readonly,
        Optional.of("sample"),
        Optional.empty(),
        mounts,
        privileged,
        seccomp,
        namespaces,
        limits,
        List.of(),
        deviceRules,
        Map.of(),
        ContainerSettings.SHM_BYTES,
        Optional.empty(),
        Optional.empty(),
        cgroup,
        Map.of());
  }
}
