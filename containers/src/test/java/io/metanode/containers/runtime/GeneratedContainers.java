package io.metanode.containers.runtime;

import io.metanode.containers.LauncherChoice;
import io.metanode.containers.spec.Capabilities;
import io.metanode.containers.spec.ContainerSettings;
import io.metanode.containers.spec.HostLimits;
import io.metanode.containers.spec.Limits;
import io.metanode.containers.spec.MountPoint;
import io.metanode.containers.spec.Namespace;
import io.metanode.containers.spec.Namespaces;
import io.metanode.containers.spec.OciProcess;
import io.metanode.containers.spec.OciSpec;
import io.metanode.containers.spec.ProcessSettings;
import io.metanode.containers.spec.SeccompChoice;
import io.metanode.containers.spec.Ulimit;
import io.metanode.containers.spec.UserIds;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.LinuxSyscalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;

/** Containers and further processes made from seeds, for runc and for the launcher. */
final class GeneratedContainers {

  final ShimHost host;
  final ShimRunner launcher;
  final ShimRunner runc;
  private final LinuxSyscalls syscalls = new LinuxSyscalls();
  private final HostLimits limits;
  private final int network;
  private final List<Namespace> networks;

  GeneratedContainers() throws Exception {
    host = new ShimHost();
    launcher = host.runner;
    runc = ShimHost.runner(host.directory, LauncherChoice.RUNC);
    limits = HostLimits.detect(syscalls);
    Files.createDirectories(root().resolve("work/deep"));
    FutureTask<Integer> made =
        new FutureTask<>(
            () -> {
              syscalls.unshare(Constants.CLONE_NEWNET);
              return syscalls.open(Path.of("/proc/thread-self/ns/net"), Constants.O_RDONLY, 0);
            });
    Thread thread = Thread.ofPlatform().start(made);
    network = made.get();
    thread.join();
    Path self = Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd");
    networks =
        List.of(
            new Namespace.Joined(self.resolve(Integer.toString(network))),
            new Namespace.Fresh(),
            new Namespace.Host());
  }

  Path root() {
    return host.directory.resolve("rootfs");
  }

  /** The same seed gives the same container, but for its id. */
  ContainerLaunch launch(String id, long seed, boolean terminal, String script) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    String name = "diff" + id;
    Path bundle = Files.createDirectories(host.directory.resolve("b" + name));
    Namespace chosen = networks.get(random.nextInt(networks.size()));
    OciSpec spec = OciSpec.of(settings(random, name, terminal, script, chosen), limits);
    Files.write(bundle.resolve("config.json"), spec.bytes());
    return new ContainerLaunch(
        name,
        host.directory.resolve("s" + name),
        bundle,
        terminal,
        false,
        false,
        Optional.empty(),
        chosen instanceof Namespace.Joined ? OptionalInt.of(network) : OptionalInt.empty(),
        List.of());
  }

  private ContainerSettings settings(
      SplittableRandom random, String id, boolean terminal, String script, Namespace chosen)
      throws Exception {
    Path data = Files.createDirectories(host.directory.resolve("data"));
    List<MountPoint> mounts = new ArrayList<>();
    if (random.nextBoolean()) {
      mounts.add(MountPoint.bind(data.toString(), "/data", random.nextBoolean(), "rprivate"));
    }
    if (random.nextBoolean()) {
      mounts.add(
          MountPoint.tmpfs(
              "/tmp", random.nextBoolean() ? List.of() : List.of("size=65536", "exec")));
    }
    if (random.nextBoolean()) {
      mounts.add(MountPoint.bind("/etc/hostname", "/new/file", true, "rprivate"));
    }
    return new ContainerSettings(
        process(random, terminal, script),
        host.directory.resolve("rootfs"),
        random.nextInt(3) == 0,
        Optional.of("probe"),
        random.nextBoolean() ? Optional.of("example.org") : Optional.empty(),
        mounts,
        false,
        random.nextInt(3) == 0 ? new SeccompChoice.Unconfined() : new SeccompChoice.Default(),
        new Namespaces(
            chosen,
            new Namespace.Fresh(),
            new Namespace.Fresh(),
            new Namespace.Fresh(),
            new Namespace.Host()),
        random.nextBoolean() ? Limits.NONE : limited(),
        List.of(),
        random.nextBoolean() ? List.of() : List.of("c 10:229 rw"),
        Map.of(),
        ContainerSettings.SHM_BYTES,
        Optional.empty(),
        Optional.empty(),
        "/" + Bundles.CGROUP + "/" + id,
        Map.of());
  }

  private static ProcessSettings process(SplittableRandom random, boolean terminal, String script) {
    boolean user = random.nextBoolean();
    return new ProcessSettings(
        List.of("/bin/sh", "-c", script),
        List.of("PATH=/bin", "HOME=/root", "A=b c"),
        random.nextBoolean() ? "/" : "/work/deep",
        user ? new UserIds(1000, 50, List.of(7, 8)) : UserIds.ROOT,
        terminal,
        random.nextBoolean()
            ? Capabilities.DEFAULT
            : Capabilities.of(List.of("NET_ADMIN"), List.of("CHOWN", "MKNOD")),
        random.nextBoolean(),
        random.nextBoolean() ? List.of() : List.of(new Ulimit("nofile", 64, 128)),
        random.nextBoolean() ? 0 : 500);
  }

  private static Limits limited() {
    return new Limits(
        OptionalLong.of(64 << 20),
        OptionalLong.of(32 << 20),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.of(512),
        OptionalLong.of(50_000),
        OptionalLong.of(100_000),
        Optional.of("0"),
        Optional.empty(),
        OptionalLong.of(50),
        OptionalInt.empty(),
        false);
  }

  /** One more process of a container; the same seed gives the same. */
  ExecLaunch exec(ContainerLaunch container, String id, long seed, boolean terminal, String script)
      throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    ProcessSettings process = process(random, terminal, script);
    Path file = host.directory.resolve("p" + id);
    Files.write(file, OciProcess.of(process, limits).bytes());
    return new ExecLaunch(
        container.id(),
        host.directory.resolve("x" + id),
        container.bundle(),
        file,
        terminal,
        false);
  }

  void close() throws Exception {
    syscalls.close(network);
    host.close();
  }
}
