package io.metanode.comparison;

import com.hedera.hapi.node.base.SemanticVersion;
import com.hedera.pbj.runtime.io.buffer.Bytes;
import com.swirlds.base.time.Time;
import com.swirlds.common.context.PlatformContext;
import com.swirlds.config.api.Configuration;
import com.swirlds.config.api.ConfigurationBuilder;
import com.swirlds.config.extensions.sources.SimpleConfigSource;
import com.swirlds.metrics.api.Metrics;
import com.swirlds.platform.builder.PlatformBuilder;
import com.swirlds.platform.builder.internal.StaticPlatformBuilder;
import com.swirlds.platform.state.signed.StartupStateUtils;
import com.swirlds.platform.system.Platform;
import com.swirlds.state.lifecycle.StateDefinition;
import com.swirlds.state.lifecycle.StateMetadata;
import com.swirlds.state.merkle.VirtualMapStateLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.hiero.base.file.FileSystemManager;
import org.hiero.consensus.io.NoOpRecycleBin;
import org.hiero.consensus.model.event.PlatformEvent;
import org.hiero.consensus.model.node.NodeId;
import org.hiero.consensus.platformstate.PlatformStateService;
import org.hiero.consensus.platformstate.V0540PlatformStateSchema;
import org.hiero.consensus.roster.RosterHistory;

/**
 * A node of Hiero's consensus platform: hashgraph, gossip over TLS, its log of events on disk. It
 * brings payloads into one order, the same on every node, and knows nothing of what is in them. The
 * platform's own state stays empty and unsigned; whoever is told of the order has the state.
 */
public final class HieroNode implements AutoCloseable {

  private static final String NAME = "metanode";
  private static final SemanticVersion VERSION = SemanticVersion.newBuilder().major(1).build();

  private final Platform platform;
  private final EventSource source;

  /**
   * @param directory where its files go, of its own
   * @param settings of the platform, in place of its defaults
   */
  HieroNode(
      HieroNetwork network,
      int node,
      Path directory,
      Map<String, String> settings,
      Application<?> application)
      throws IOException {
    Files.createDirectories(directory);
    Configuration configuration = configuration(directory, settings);
    NodeId self = NodeId.of(node);
    PlatformContext context = context(configuration, self, directory);
    VirtualMapStateLifecycleManager states = emptyState(context);
    source = new EventSource(context);
    platform =
        PlatformBuilder.create(
                NAME,
                NAME,
                VERSION,
                StartupStateUtils.loadInitialState(
                        context.getRecycleBin(), VERSION, NAME, NAME, self, context, states)
                    .state(),
                new RoundHandler<>(application),
                self,
                NAME + node,
                RosterHistory.fromGenesis(network.roster()),
                states)
            .withConfiguration(configuration)
            .withPlatformContext(context)
            .withKeysAndCerts(network.keys(node))
            .withExecutionLayer(source)
            .withStaleEventCallback(this::again)
            .build();
    platform.start();
  }

  private static Configuration configuration(Path directory, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("paths.settingsUsedDir", directory.toString());
    all.put("paths.keysDirPath", directory.resolve("keys").toString());
    all.put("paths.savedStateDir", directory.resolve("saved").toString());
    all.put("event.enableEventStreaming", "false");
    all.put("metrics.disableMetricsOutput", "true");
    all.put("prometheus.endpointEnabled", "false");
    all.put("merkleDb.initialCapacity", "1000");
    all.putAll(settings);
    return ConfigurationBuilder.create()
        .autoDiscoverExtensions()
        .withSource(new SimpleConfigSource(all))
        .build();
  }

  private static synchronized PlatformContext context(
      Configuration configuration, NodeId self, Path directory) {
    StaticPlatformBuilder.setupGlobalMetrics(configuration);
    Metrics metrics = StaticPlatformBuilder.getMetricsProvider().createPlatformMetrics(self);
    return PlatformContext.create(
        configuration,
        Time.getCurrent(),
        metrics,
        new FileSystemManager(directory.resolve("saved")),
        new NoOpRecycleBin());
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // so is the schema's
  private static VirtualMapStateLifecycleManager emptyState(PlatformContext context) {
    VirtualMapStateLifecycleManager states =
        new VirtualMapStateLifecycleManager(
            context.getMetrics(),
            context.getTime(),
            context.getConfiguration(),
            context.getFileSystemManager());
    for (StateDefinition definition : new V0540PlatformStateSchema().statesToCreate()) {
      states
          .getMutableState()
          .initializeState(new StateMetadata(PlatformStateService.NAME, definition));
    }
    return states;
  }

  /** An event of ours that came too late to be ordered: what is in it goes into another. */
  private void again(PlatformEvent stale) {
    stale
        .transactionIterator()
        .forEachRemaining(transaction -> source.again(transaction.getApplicationTransaction()));
  }

  /** Done once the node takes part in consensus. */
  CompletableFuture<Void> active() {
    return source.active();
  }

  /** Whether the payload was taken; it was not if the node is not active or not keeping up. */
  boolean submit(byte[] payload) {
    return source.submit(Bytes.wrap(payload));
  }

  @Override
  public void close() {
    try {
      platform.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
