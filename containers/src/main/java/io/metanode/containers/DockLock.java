package io.metanode.containers;

import io.metanode.containers.api.BuildEndpoint;
import io.metanode.containers.api.CommitEndpoint;
import io.metanode.containers.api.ContainerArchiveEndpoints;
import io.metanode.containers.api.ContainerEndpoints;
import io.metanode.containers.api.ContainerLogs;
import io.metanode.containers.api.ContainerPruning;
import io.metanode.containers.api.ContainerStats;
import io.metanode.containers.api.ContainerStreamEndpoints;
import io.metanode.containers.api.ContainerViewEndpoints;
import io.metanode.containers.api.EngineState;
import io.metanode.containers.api.EventEndpoints;
import io.metanode.containers.api.ExecEndpoints;
import io.metanode.containers.api.ImageEndpoints;
import io.metanode.containers.api.ImageEndpointsArchives;
import io.metanode.containers.api.ImageEndpointsRegistry;
import io.metanode.containers.api.NetworkConnectionEndpoints;
import io.metanode.containers.api.NetworkEndpoints;
import io.metanode.containers.api.NotYetEndpoints;
import io.metanode.containers.api.ReceiptedRoutes;
import io.metanode.containers.api.SessionBuildEndpoint;
import io.metanode.containers.api.SystemEndpoints;
import io.metanode.containers.api.SystemProfile;
import io.metanode.containers.api.VolumeEndpoints;
import io.metanode.containers.api.WantedPlatform;
import io.metanode.containers.build.BuildPruning;
import io.metanode.containers.build.Builds;
import io.metanode.containers.build.CacheMounts;
import io.metanode.containers.buildkit.BuildKit;
import io.metanode.containers.bundle.MountedFiles;
import io.metanode.containers.bundle.MountedSources;
import io.metanode.containers.bundle.OciBundles;
import io.metanode.containers.bundle.RequestedMounts;
import io.metanode.containers.cgroup.LinuxCgroups;
import io.metanode.containers.cgroup.QuickJoins;
import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.Containers;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.event.EventBus;
import io.metanode.containers.files.ReadyDirectories;
import io.metanode.containers.http.HttpServer;
import io.metanode.containers.http.RouteTable;
import io.metanode.containers.http.Router;
import io.metanode.containers.image.ImageEvents;
import io.metanode.containers.image.ImageImport;
import io.metanode.containers.image.ImageLoad;
import io.metanode.containers.image.ImageSave;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.image.ReceiptedImages;
import io.metanode.containers.image.StepImages;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.image.overlay.OverlaySnapshots;
import io.metanode.containers.launch.Launcher;
import io.metanode.containers.network.HostNetworks;
import io.metanode.containers.network.NetworkSettings;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.registry.Patience;
import io.metanode.containers.registry.Platform;
import io.metanode.containers.registry.RegistryClients;
import io.metanode.containers.registry.RemoteFiles;
import io.metanode.containers.runtime.NativeProgram;
import io.metanode.containers.runtime.Runc;
import io.metanode.containers.runtime.ShimRunner;
import io.metanode.containers.spec.HostLimits;
import io.metanode.containers.sys.LinuxSyscalls;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.transfer.Downloads;
import io.metanode.containers.transfer.ImagePull;
import io.metanode.containers.transfer.ReceiptedTransfers;
import io.metanode.containers.volume.LocalVolumes;
import io.metanode.containers.volume.Volumes;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Randomness;
import io.metanode.policy.Policy;
import io.metanode.receipts.ReceiptSink;
import io.metanode.receipts.StatementSigner;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The container engine. Opening it takes up what an earlier one left; {@link #start} serves the
 * Docker Engine API; closing it leaves the containers running.
 */
public final class DockLock implements AutoCloseable {

  private static final UnpackLimits UNPACK = UnpackLimits.DEFAULT;
  private static final int SHIMS_AHEAD = 2;

  private final DockLockConfig config;
  private final Containers containers;
  private final Engine engine;
  private final OverlaySnapshots snapshots;
  private final ShimRunner runner;
  private final ImageStore images;
  private final HostNetworks networks;
  private final LinuxCgroups cgroups;
  private final RegistryClients registries;
  private final BuildKit buildKit;
  private final HttpServer server;

  private DockLock(
      DockLockConfig config,
      Containers containers,
      Engine engine,
      OverlaySnapshots snapshots,
      ShimRunner runner,
      ImageStore images,
      HostNetworks networks,
      LinuxCgroups cgroups,
      RegistryClients registries,
      BuildKit buildKit,
      HttpServer server) {
    this.config = config;
    this.containers = containers;
    this.engine = engine;
    this.snapshots = snapshots;
    this.runner = runner;
    this.images = images;
    this.networks = networks;
    this.cgroups = cgroups;
    this.registries = registries;
    this.buildKit = buildKit;
    this.server = server;
  }

  /**
   * Opens the engine and takes up what an earlier one left.
   *
   * @param signer signs what the engine states of images it builds
   * @throws IOException if the data cannot be read, or the host lacks what containers need
   */
  public static DockLock open(
      DockLockConfig config,
      ReceiptSink receipts,
      StatementSigner signer,
      Policy policy,
      Clock clock,
      Randomness randomness)
      throws IOException {
    Path home = Files.createDirectories(config.home()).toRealPath();
    Path runs = Files.createDirectories(config.runDirectory().resolve("c"));
    Syscalls syscalls = new LinuxSyscalls();
    Operations operations = new Operations(policy, receipts, clock);
    EventBus events = new EventBus();
    ImageEvents imageEvents = new ImageEvents(events, clock);
    Containers containers = new Containers();
    String architecture = architecture();

    ImageStore store = ImageStore.open(home, syscalls, UNPACK, clock);
    StepImages steps = new StepImages(store, syscalls, clock);
    ReceiptedImages images =
        new ReceiptedImages(
            store,
            new ImageLoad(store, UNPACK, architecture, clock),
            new ImageImport(store, UNPACK, clock),
            containers::usersOf,
            operations,
            imageEvents);
    RegistryClients registries = new RegistryClients(config.registries(), Patience.DEFAULT);
    RemoteFiles files = new RemoteFiles(config.registries(), Patience.DEFAULT, UNPACK.mostBytes());
    ReceiptedTransfers transfers =
        new ReceiptedTransfers(
            store,
            registries,
            new ImagePull(store, UNPACK, registries, new Downloads(store.blobs())),
            operations,
            events,
            clock);
    OverlaySnapshots snapshots =
        OverlaySnapshots.open(
            home,
            store.layers(),
            syscalls,
            ReadyDirectories.later(Thread.ofPlatform().name("metanode-snapshots").daemon()::start));
    LocalVolumes local = LocalVolumes.open(home, syscalls, clock);
    Volumes volumes =
        new Volumes(local, containers::usersOf, operations, events, syscalls, clock, randomness);
    NetworkSettings network = NetworkSettings.of(home);
    HostNetworks networks =
        new HostNetworks(network, syscalls, clock, randomness, events, containers);
    // A parent of its own: what is in it belongs to this home and to no other engine on the host.
    LinuxCgroups cgroups = LinuxCgroups.detect(syscalls, "metanode-" + network.instance());
    if (config.quickJoins() && !new QuickJoins(syscalls).enable()) {
      System.getLogger(DockLock.class.getName())
          .log(System.Logger.Level.INFO, "this host has no quick joins of cgroups");
    }
    ShimRunner runner =
        new ShimRunner(
            syscalls,
            clock,
            Launcher.open(syscalls, NativeProgram.SHIM.install(home)),
            new Runc(config.runtime(), config.runDirectory().resolve("r")),
            config.launcher(),
            SHIMS_AHEAD,
            Thread.ofPlatform().name("metanode-shims").daemon()::start);
    OciBundles bundles =
        new OciBundles(
            syscalls,
            cgroups,
            HostLimits.detect(syscalls),
            new MountedSources(volumes, syscalls),
            NativeProgram.INIT.install(home),
            containers);
    Engine engine =
        Engine.open(
            containers,
            home,
            runs,
            store,
            snapshots,
            networks,
            runner,
            cgroups,
            bundles,
            new RequestedMounts(volumes, store, containers),
            operations,
            events,
            clock,
            randomness);
    engine.recover();
    CacheMounts caches = new CacheMounts(home.resolve("caches"), syscalls);
    BuildPruning pruning = new BuildPruning(images, caches, operations);
    Builds builds =
        new Builds(
            home,
            config.runDirectory().resolve("secrets"),
            caches,
            store,
            steps,
            engine,
            transfers,
            files,
            signer,
            operations,
            imageEvents,
            syscalls,
            clock,
            randomness,
            UNPACK,
            architecture,
            config.productVersion());
    builds.recover();
    store.collect();

    RouteTable table = new RouteTable();
    Router routes = new ReceiptedRoutes(table, operations);
    Platform platform = new Platform("linux", architecture, "");
    new ContainerEndpoints(engine, new WantedPlatform(store, platform)).register(routes);
    ContainerLogs logs = new ContainerLogs(engine);
    logs.register(routes);
    new ContainerStreamEndpoints(engine, logs).register(routes);
    new ContainerViewEndpoints(engine, store, clock).register(routes);
    new ContainerArchiveEndpoints(engine, engine.copying(new MountedFiles(syscalls, volumes)))
        .register(routes);
    new ContainerStats(engine, cgroups.version()).register(routes);
    new ContainerPruning(engine, clock).register(routes);
    new ExecEndpoints(engine).register(routes);
    new ImageEndpoints(images, clock).register(routes);
    ImageEndpointsRegistry registry = new ImageEndpointsRegistry(transfers, platform);
    registry.register(routes);
    new ImageEndpointsArchives(images, new ImageSave(store), registry, files, architecture)
        .register(routes);
    BuildKit buildKit =
        new BuildKit(
            builds,
            pruning,
            store,
            transfers,
            operations,
            syscalls,
            clock,
            UNPACK,
            platform,
            network.instance(),
            config.productVersion());
    buildKit.register(routes);
    SessionBuildEndpoint sessionBuilds = new SessionBuildEndpoint(buildKit);
    sessionBuilds.register(routes);
    new BuildEndpoint(builds, pruning, store, platform, sessionBuilds).register(routes);
    new CommitEndpoint(engine, steps, store, imageEvents, architecture).register(routes);
    new VolumeEndpoints(volumes).register(routes);
    new NetworkEndpoints(networks, containers::nameOf, operations, clock, randomness)
        .register(routes);
    new NetworkConnectionEndpoints(networks, engine).register(routes);
    new EventEndpoints(events, clock).register(routes);
    new NotYetEndpoints().register(routes);
    new SystemEndpoints(
            profile(config, home, cgroups),
            new EngineState(engine, store, volumes, networks::warnings, clock),
            clock)
        .register(routes);
    HttpServer server = new HttpServer(table, config.productVersion(), clock);
    return new DockLock(
        config,
        containers,
        engine,
        snapshots,
        runner,
        store,
        networks,
        cgroups,
        registries,
        buildKit,
        server);
  }

  private static SystemProfile profile(DockLockConfig config, Path home, LinuxCgroups cgroups) {
    return new SystemProfile(
        NetworkSettings.of(home).instance(),
        config.productVersion(),
        "",
        home,
        config.runtime(),
        cgroups.version(),
        config.registries());
  }

  /** The machine's architecture as images name it. */
  private static String architecture() {
    String name = System.getProperty("os.arch");
    return switch (name) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> name;
    };
  }

  /** Serves the Docker Engine API on the configured socket. */
  public void start() throws IOException {
    server.listen(config.socket(), config.socketPermissions(), config.socketGroup());
  }

  /**
   * Serves it to clients on other hosts as well.
   *
   * @return the port
   * @throws IOException if the address is taken or a file cannot be used
   */
  public int serveRemotely(RemoteSettings remote) throws IOException {
    return server.listenTls(
        new InetSocketAddress(remote.host(), remote.port()),
        remote.certificate(),
        remote.key(),
        remote.clientAuthorities());
  }

  /** The unix socket that serves the Docker Engine API. */
  public Path dockerSocket() {
    return config.socket();
  }

  /** What does not work as it should on this host, a line each. */
  public List<String> warnings() {
    return networks.warnings();
  }

  /**
   * How many there are.
   *
   * @param stopped containers that exist and do not run
   */
  public record Counts(int running, int paused, int stopped, int images) {}

  public Counts counts() {
    int running = 0;
    int paused = 0;
    List<Container> all = new ArrayList<>(containers.all());
    for (Container container : all) {
      switch (container.state().status()) {
        case RUNNING, RESTARTING -> running++;
        case PAUSED -> paused++;
        case CREATED, EXITED, REMOVING, DEAD -> {}
      }
    }
    return new Counts(running, paused, all.size() - running - paused, images.all().size());
  }

  /** Stops serving. Containers run on, and the next engine takes them up. */
  @Override
  public void close() throws IOException {
    buildKit.close();
    server.close();
    registries.close();
    engine.close();
    snapshots.close();
    runner.close();
    networks.close();
    cgroups.removeEmptyParent();
  }
}
