package io.metanode.ledger;

import io.metanode.crypto.KeyFile;
import io.metanode.crypto.NativeLanes;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Randomness;
import io.metanode.ledger.api.ApiServer;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.ibft.KeyAuthenticity;
import io.metanode.ledger.ibft.KeyIdentity;
import io.metanode.ledger.ibft.RoundTimeouts;
import io.metanode.ledger.peers.PeerAddress;
import io.metanode.ledger.replica.Replica;
import io.metanode.ledger.replica.ReplicaOptions;
import io.metanode.ledger.replica.ReplicaSetup;
import io.metanode.ledger.service.Ledger;
import io.metanode.ledger.service.PeerLinks;
import io.metanode.ledger.service.Pruner;
import io.metanode.ledger.service.ReplicaHost;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.store.DirectoryDisk;
import io.metanode.ledger.store.KeyValues;
import io.metanode.ledger.store.RocksKeyValues;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A running validator: replica, links and API over the files of one home. */
public final class LedgerNode implements AutoCloseable {

  private final Deque<AutoCloseable> taken = new ArrayDeque<>();
  private final Ledger ledger;
  private final ApiServer api;
  private final Optional<InetSocketAddress> peerAddress;
  private final PrivateKeySigner signer;

  private LedgerNode(
      LedgerHome home,
      LedgerSettings settings,
      LedgerModule module,
      String version,
      Clock clock,
      Randomness randomness)
      throws IOException {
    try {
      requireLanes();
      Genesis genesis = LedgerSetup.genesis(home.genesis());
      Optional<String> fault = LedgerSetup.fault(genesis, module);
      if (fault.isPresent()) {
        throw new IOException(home.genesis() + ": " + fault.get());
      }
      signer = KeyFile.ed25519(home.key());
      Replica replica = replica(home, settings, genesis, module, clock);
      ReplicaHost host = new ReplicaHost(replica, Runtime.getRuntime().availableProcessors());
      ledger = new Ledger(genesis, host, signer.publicKey(), module);
      Optional<PeerLinks> links = links(settings, host, clock, randomness);
      peerAddress = links.map(PeerLinks::address);
      Pruner pruner = new Pruner(replica.chain(), settings.keepBlocks());
      host.start(
          links.map(ReplicaHost.Outlet.class::cast).orElse(ReplicaHost.Outlet.NONE),
          (block, results) -> {
            links.ifPresent(l -> l.follow(replica.chain().ledger().state()));
            ledger.decided(block);
            pruner.decided(block.block().header().height());
          });
      taken.push(host);
      taken.push(pruner);
      links.ifPresent(l -> l.follow(replica.chain().ledger().state()));
      api =
          new ApiServer(
              ledger,
              () -> links.map(PeerLinks::status).orElse(List.of()),
              new InetSocketAddress(settings.api().host(), settings.api().port()),
              version,
              clock);
      taken.push(api);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts a validator; it answers clients when this returns.
   *
   * @param module the same on all validators of the chain, from its first block on
   * @throws IOException if its files cannot be used, its addresses are taken, the module cannot
   *     begin with the genesis, or the environment asks for native code that is not here
   */
  public static LedgerNode start(
      LedgerHome home,
      LedgerSettings settings,
      LedgerModule module,
      String version,
      Clock clock,
      Randomness randomness)
      throws IOException {
    return new LedgerNode(home, settings, module, version, clock, randomness);
  }

  private static void requireLanes() throws IOException {
    try {
      NativeLanes.inUse();
    } catch (IllegalStateException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Replica replica(
      LedgerHome home, LedgerSettings settings, Genesis genesis, LedgerModule module, Clock clock)
      throws IOException {
    KeyIdentity identity =
        new KeyIdentity(KeyFile.ed25519(home.key()), KeyFile.bls(home.sealKey()));
    KeyValues index = new RocksKeyValues(home.index());
    try {
      return Replica.open(
          new ReplicaSetup(
              genesis,
              LedgerContents.machine(genesis, module),
              identity,
              new KeyAuthenticity(),
              new DirectoryDisk(home.blocks()),
              new DirectoryDisk(home.votes()),
              index,
              clock,
              options(settings)));
    } catch (IOException | RuntimeException e) {
      index.close();
      throw e;
    }
  }

  private static ReplicaOptions options(LedgerSettings settings) {
    ReplicaOptions standard = ReplicaOptions.DEFAULT;
    return new ReplicaOptions(
        new RoundTimeouts(
            settings.blockMillis(),
            settings.roundMillis(),
            Math.max(settings.roundMillis(), standard.timeouts().mostMillis())),
        Math.max(settings.blockMillis(), settings.idleMillis()),
        standard.mempool(),
        standard.mostVerifying(),
        standard.blockBytes(),
        standard.maxAheadMillis(),
        standard.retryMillis(),
        standard.store(),
        standard.snapshotEvery(),
        standard.snapshotBits(),
        standard.syncBeyond());
  }

  private Optional<PeerLinks> links(
      LedgerSettings settings, ReplicaHost host, Clock clock, Randomness randomness)
      throws IOException {
    if (settings.listen().isEmpty()) {
      return Optional.empty();
    }
    Map<ValidatorId, PeerAddress> addresses = new HashMap<>();
    settings
        .peers()
        .forEach(
            (key, at) ->
                addresses.put(new ValidatorId(key.id()), new PeerAddress(at.host(), at.port())));
    LedgerSettings.Address listen = settings.listen().get();
    PeerLinks links =
        new PeerLinks(
            signer,
            new InetSocketAddress(listen.host(), listen.port()),
            settings.peers().keySet(),
            addresses,
            clock,
            randomness,
            host);
    taken.push(links);
    return Optional.of(links);
  }

  /** Where clients are answered. */
  public InetSocketAddress apiAddress() {
    return api.address();
  }

  /** Where peers connect to. */
  public Optional<InetSocketAddress> peerAddress() {
    return peerAddress;
  }

  /** The last block's height. */
  public long height() {
    return ledger.height();
  }

  /** The chain's name, sixteen hexadecimal digits. */
  public String chain() {
    return ledger.genesis().chain().toString();
  }

  /** The validator's public key, hexadecimal. */
  public String key() {
    return HexFormat.of().formatHex(signer.publicKey().bytes());
  }

  /** Why it stopped by itself; empty if it did not. */
  public Optional<Exception> failure() {
    return ledger.failure();
  }

  /** Whether a home holds a validator. */
  public static boolean isIn(LedgerHome home) {
    return Files.exists(home.genesis()) && Files.exists(home.key());
  }

  /** Stops in order; what was acknowledged is durable already. */
  @Override
  public void close() throws IOException {
    while (!taken.isEmpty()) {
      try {
        taken.pop().close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
