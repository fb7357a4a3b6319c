package io.metanode.containers.image;

import io.metanode.containers.RegistrySettings;
import io.metanode.containers.api.ImageEndpointsRegistry;
import io.metanode.containers.event.Event;
import io.metanode.containers.event.EventBus;
import io.metanode.containers.image.ImageUsers.ImageUser;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.registry.Patience;
import io.metanode.containers.registry.Platform;
import io.metanode.containers.registry.RegistryClients;
import io.metanode.containers.registry.RemoteFiles;
import io.metanode.containers.sys.LinuxSyscalls;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.transfer.Downloads;
import io.metanode.containers.transfer.ImagePull;
import io.metanode.containers.transfer.ReceiptedTransfers;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import io.metanode.policy.Decision;
import io.metanode.policy.Policy;
import io.metanode.receipts.Actor;
import io.metanode.testkit.VirtualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An image store in a directory of its own, with receipts and events kept in memory. */
public final class ImageFixture {

  public static final Actor ACTOR = Actor.system("test");
  private static final Digest POLICY = new Digest("0".repeat(64));

  public final Path home;
  public final Syscalls syscalls = new LinuxSyscalls();
  public final Clock clock = new VirtualClock();
  public final RecordingSink receipts = new RecordingSink();
  public final EventBus bus = new EventBus();
  public final List<Event> events = new CopyOnWriteArrayList<>();
  public final Map<Digest, List<ImageUser>> users = new HashMap<>();
  public final UnpackLimits limits;
  public final ImageStore store;
  public final ReceiptedImages images;
  public final Operations operations;

  public ImageFixture(Path home) throws IOException {
    this(home, UnpackLimits.DEFAULT);
  }

  public ImageFixture(Path home, UnpackLimits limits) throws IOException {
    this.home = home;
    this.limits = limits;
    Policy allow = request -> new Decision(Decision.Effect.ALLOW, "default", POLICY, "");
    operations = new Operations(allow, receipts, clock);
    store = ImageStore.open(home, syscalls, limits, clock);
    images =
        new ReceiptedImages(
            store,
            new ImageLoad(store, limits, "amd64", clock),
            new ImageImport(store, limits, clock),
            id -> users.getOrDefault(id, List.of()),
            operations,
            new ImageEvents(bus, clock));
    var _ = bus.subscribe(Instant.EPOCH, events::add);
  }

  public ImageSave save() {
    return new ImageSave(store);
  }

  /** What asks registries for images of this store. */
  public ReceiptedTransfers transfers(RegistryClients clients) {
    return new ReceiptedTransfers(
        store,
        clients,
        new ImagePull(store, limits, clients, new Downloads(store.blobs())),
        operations,
        bus,
        clock);
  }

  /** Archives that lie elsewhere. */
  public RemoteFiles files() {
    return new RemoteFiles(RegistrySettings.DEFAULT, Patience.DEFAULT, limits.mostBytes());
  }

  /** The endpoints of registries, for images of this store. */
  public ImageEndpointsRegistry registry() {
    return new ImageEndpointsRegistry(
        transfers(new RegistryClients(RegistrySettings.DEFAULT, Patience.DEFAULT)),
        new Platform("linux", "amd64", ""));
  }
}
