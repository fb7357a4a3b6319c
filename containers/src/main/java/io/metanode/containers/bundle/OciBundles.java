package io.metanode.containers.bundle;

import io.metanode.containers.cgroup.Cgroups;
import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.config.ExecConfig;
import io.metanode.containers.config.HostConfig;
import io.metanode.containers.engine.Bundles;
import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.ContainerLinks;
import io.metanode.containers.engine.Containers;
import io.metanode.containers.engine.Definition;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Endpoint;
import io.metanode.containers.network.Lease;
import io.metanode.containers.spec.Capabilities;
import io.metanode.containers.spec.ContainerSettings;
import io.metanode.containers.spec.Device;
import io.metanode.containers.spec.HostDevices;
import io.metanode.containers.spec.HostLimits;
import io.metanode.containers.spec.Limits;
import io.metanode.containers.spec.MountPoint;
import io.metanode.containers.spec.Namespace;
import io.metanode.containers.spec.Namespaces;
import io.metanode.containers.spec.OciProcess;
import io.metanode.containers.spec.OciSpec;
import io.metanode.containers.spec.ProcessSettings;
import io.metanode.containers.spec.UserLookup;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** OCI bundles for runc. */
public final class OciBundles implements Bundles {

  private final Syscalls syscalls;
  private final Cgroups cgroups;
  private final HostLimits limits;
  private final HostDevices devices;
  private final MountedSources sources;
  private final Containers containers;
  private final NetworkFiles files;
  private final InitProgram init;
  private final IpcMode ipc;
  private final Path self = Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd");

  /**
   * @param init the program that {@code --init} puts before a container's own
   */
  public OciBundles(
      Syscalls syscalls,
      Cgroups cgroups,
      HostLimits limits,
      MountedSources sources,
      Path init,
      Containers containers) {
    this.syscalls = syscalls;
    this.containers = containers;
    files = new NetworkFiles(containers);
    this.cgroups = cgroups;
    this.limits = limits;
    this.sources = sources;
    this.init = new InitProgram(init);
    ipc = new IpcMode(sources.hostMounts(), containers);
    devices = new HostDevices(syscalls);
  }

  @Override
  public List<String> check(ContainerConfig config, HostConfig host) throws ApiException {
    try {
      ProcessSettings process =
          new ProcessSettings(
              List.of("check"),
              List.of(),
              "/",
              io.metanode.containers.spec.UserIds.ROOT,
              false,
              capabilities(host),
              false,
              Resources.ulimits(host),
              host.oomScoreAdjustment());
      SecurityOptions.parse(host.securityOptions());
      Resources.limits(host);
      List<String> warnings = new ArrayList<>(OciProcess.of(process, limits).warnings());
      if (!host.privileged()) {
        warnings.removeIf(
            warning -> warning.startsWith("CAP_") && host.addedCapabilities().isEmpty());
      } else {
        warnings.removeIf(warning -> warning.startsWith("CAP_"));
      }
      return warnings;
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Limits limits(HostConfig host) {
    return Resources.limits(host);
  }

  @Override
  public Path write(Container container, Path directory, Path root, Lease lease)
      throws ApiException, IOException {
    sources.hostMounts().release(directory);
    IpcMode.Sharing sharing = ipc.of(container.definition().hostConfig(), directory);
    try {
      boolean onBridge =
          lease.record().endpoints().stream()
              .anyMatch(place -> place.networkName().equals("bridge"));
      List<ContainerLinks.Live> links =
          onBridge ? containers.links().ofStarting(container) : List.of();
      OciSpec spec =
          OciSpec.of(settings(container, directory, root, lease, links, sharing), limits);
      Path bundle = Files.createDirectories(directory.resolve("bundle"));
      Files.write(bundle.resolve("config.json"), spec.bytes());
      return bundle;
    } catch (IllegalArgumentException | ApiException e) {
      // As by Docker: what is found out now depends on the engine's state, not on the request.
      throw ApiException.internal(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void release(Path directory) throws IOException {
    sources.hostMounts().release(directory);
  }

  @Override
  public void renetwork(
      Container container,
      Path directory,
      Lease lease,
      Optional<String> asksBefore,
      Optional<Endpoint> joined,
      Optional<Endpoint> left)
      throws IOException {
    files.change(container.definition(), directory, lease, asksBefore, joined, left);
  }

  @Override
  public void relink(Path directory, List<String> aliases, Endpoint place) throws IOException {
    NetworkFiles.relink(directory, aliases, place);
  }

  private ContainerSettings settings(
      Container container,
      Path directory,
      Path root,
      Lease lease,
      List<ContainerLinks.Live> links,
      IpcMode.Sharing sharing)
      throws ApiException, IOException {
    Definition definition = container.definition();
    ContainerConfig config = definition.config();
    HostConfig host = definition.hostConfig();
    List<MountPoint> mounts = new ArrayList<>(files.write(definition, directory, lease, links));
    sharing.memory().ifPresent(mounts::add);
    List<MountPoint> own = sources.mounts(definition, directory, root);
    for (MountPoint mount : own) {
      mounts.removeIf(m -> m.destination().equals(mount.destination()));
    }
    mounts.addAll(own);
    if (host.init().orElse(false)) {
      mounts.add(init.mount());
    }
    SecurityOptions security = SecurityOptions.parse(host.securityOptions());
    boolean hostNames = host.utsMode().equals("host");
    ContainerConfig named = files.named(definition);
    return new ContainerSettings(
        process(
            config,
            host,
            root,
            security.noNewPrivileges(),
            LinkVariables.of(container.state().name(), links)),
        root,
        host.readOnlyRoot(),
        hostNames ? Optional.empty() : Optional.of(named.hostname()),
        hostNames || named.domainname().isEmpty()
            ? Optional.empty()
            : Optional.of(named.domainname()),
        mounts,
        host.privileged(),
        security.seccomp(),
        namespaces(host, lease, sharing.namespace()),
        Resources.limits(host),
        devices(host),
        host.deviceCgroupRules(),
        host.sysctls(),
        sharing.hasMemory() ? host.shmBytes() : 0,
        host.maskedPaths(),
        host.readOnlyPaths(),
        cgroups.path(definition.group()),
        host.annotations());
  }

  private ProcessSettings process(
      ContainerConfig config,
      HostConfig host,
      Path root,
      boolean noNewPrivileges,
      List<String> linked)
      throws IOException {
    UserLookup.Found user =
        new UserLookup(syscalls, root).resolve(config.user(), host.additionalGroups());
    List<String> arguments = new ArrayList<>(config.entrypoint());
    arguments.addAll(config.command());
    return new ProcessSettings(
        host.init().orElse(false) ? InitProgram.before(arguments) : arguments,
        Environment.of(config, config.terminal(), linked, user.home()),
        config.workingDirectory().isEmpty() ? "/" : config.workingDirectory(),
        user.ids(),
        config.terminal(),
        capabilities(host),
        noNewPrivileges,
        Resources.ulimits(host),
        host.oomScoreAdjustment());
  }

  private List<String> capabilities(HostConfig host) {
    return host.privileged()
        ? limits.grantable()
        : Capabilities.of(host.addedCapabilities(), host.droppedCapabilities());
  }

  private Namespaces namespaces(HostConfig host, Lease lease, Namespace memory)
      throws ApiException {
    return new Namespaces(
        network(lease),
        processes(host),
        memory,
        own(host.utsMode()),
        own(host.cgroupNamespaceMode()));
  }

  private Namespace processes(HostConfig host) throws ApiException {
    Optional<String> other = host.pidContainer();
    if (other.isEmpty()) {
      return own(host.pidMode());
    }
    int pid = containers.joined(other.get(), "PID").state().run().pid();
    return new Namespace.Joined(Path.of("/proc/" + pid + "/ns/pid"));
  }

  /** The namespace made for it, the host's where it is on the host's network, else a fresh one. */
  private Namespace network(Lease lease) {
    OptionalInt made = lease.namespaceDescriptor();
    if (made.isPresent()) {
      return new Namespace.Joined(self.resolve(Integer.toString(made.getAsInt())));
    }
    boolean host =
        lease.record().endpoints().stream().anyMatch(place -> place.networkName().equals("host"));
    return host ? new Namespace.Host() : new Namespace.Fresh();
  }

  private static Namespace own(String mode) {
    return mode.equals("host") ? new Namespace.Host() : new Namespace.Fresh();
  }

  private List<Device> devices(HostConfig host) throws ApiException, IOException {
    List<Device> found = new ArrayList<>(host.privileged() ? devices.all() : List.of());
    for (HostConfig.Device device : host.devices()) {
      String target = device.containerPath().isEmpty() ? device.hostPath() : device.containerPath();
      String access = device.permissions().isEmpty() ? "rwm" : device.permissions();
      String failure =
          "error gathering device information while adding custom device \""
              + device.hostPath()
              + "\": ";
      try {
        List<Device> there = devices.find(Path.of(device.hostPath()), target, access);
        if (there.isEmpty()) {
          throw ApiException.badRequest(failure + "not a device node");
        }
        found.addAll(there);
      } catch (SyscallException e) {
        throw new ApiException(500, failure + e.reason());
      }
    }
    return found;
  }

  @Override
  public void checkUser(Path root, String user) throws ApiException, IOException {
    try {
      var _ = new UserLookup(syscalls, root).resolve(user, List.of());
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void writeProcess(Container container, ExecConfig exec, Path root, Path target)
      throws ApiException, IOException {
    ContainerConfig config = container.definition().config();
    HostConfig host = container.definition().hostConfig();
    try {
      UserLookup.Found user =
          new UserLookup(syscalls, root)
              .resolve(
                  exec.user().isEmpty() ? config.user() : exec.user(), host.additionalGroups());
      List<String> linked =
          LinkVariables.of(container.state().name(), containers.links().running(container));
      String directory =
          exec.workingDirectory().isEmpty() ? config.workingDirectory() : exec.workingDirectory();
      ProcessSettings process =
          new ProcessSettings(
              exec.command(),
              Environment.of(config, exec, linked, user.home()),
              directory.isEmpty() ? "/" : directory,
              user.ids(),
              exec.terminal(),
              exec.privileged() ? limits.grantable() : capabilities(host),
              SecurityOptions.parse(host.securityOptions()).noNewPrivileges(),
              Resources.ulimits(host),
              host.oomScoreAdjustment());
      Files.write(target, OciProcess.of(process, limits).bytes());
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
