package io.metanode.comparison;

import io.metanode.foundation.SystemClock;
import io.metanode.ledger.LedgerModule;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.ibft.KeyAuthenticity;
import io.metanode.ledger.ibft.KeyIdentity;
import io.metanode.ledger.ibft.QbftEngine;
import io.metanode.ledger.peers.Frame;
import io.metanode.ledger.peers.Received;
import io.metanode.ledger.replica.Replica;
import io.metanode.ledger.replica.ReplicaOptions;
import io.metanode.ledger.replica.ReplicaSetup;
import io.metanode.ledger.service.Ledger;
import io.metanode.ledger.service.ReplicaHost;
import io.metanode.ledger.store.DirectoryDisk;
import io.metanode.ledger.store.RocksKeyValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The validators of one chain in this process: replicas as the product runs them, with files and
 * threads of their own, whose links are method calls.
 */
final class FourValidators implements AutoCloseable {

  private final Map<ValidatorId, ReplicaHost> hosts = new LinkedHashMap<>();
  private final List<Ledger> ledgers = new ArrayList<>();
  private final List<HieroNode> nodes = new ArrayList<>();

  private FourValidators() {}

  static FourValidators onQbft(Scenario scenario, Path directory) throws IOException {
    FourValidators made = new FourValidators();
    List<ReplicaHost.Outlet> links = new ArrayList<>();
    for (int i = 0; i < Scenario.VALIDATORS; i++) {
      made.open(scenario, directory, i, QbftEngine::create);
      links.add(made.direct(scenario.identities.get(i).id()));
    }
    made.start(scenario, links);
    return made;
  }

  static FourValidators onHiero(Scenario scenario, Path directory) throws IOException {
    FourValidators made = new FourValidators();
    List<HieroLinks> links = new ArrayList<>();
    for (int i = 0; i < Scenario.VALIDATORS; i++) {
      TotalOrder order = new TotalOrder();
      ReplicaHost host =
          made.open(
              scenario,
              directory,
              i,
              (setup, height, record) -> new TotalOrderEngine(setup, order, height));
      links.add(
          new HieroLinks(
              scenario.genesis.id(),
              scenario.genesis.validators().set(),
              new KeyAuthenticity(),
              order,
              made.direct(scenario.identities.get(i).id()),
              host));
    }
    made.nodes.addAll(HieroNodes.start(directory, links));
    for (int i = 0; i < Scenario.VALIDATORS; i++) {
      links.get(i).use(made.nodes.get(i));
    }
    made.start(scenario, links);
    return made;
  }

  private ReplicaHost open(Scenario scenario, Path directory, int number, Replica.Engines engines)
      throws IOException {
    KeyIdentity identity = scenario.identities.get(number);
    Path own = directory.resolve("validator" + number);
    DirectoryDisk votes = new DirectoryDisk(own.resolve("votes"));
    Replica.birth(votes);
    Replica replica =
        Replica.open(
            new ReplicaSetup(
                scenario.genesis,
                scenario.machine,
                identity,
                new KeyAuthenticity(),
                new DirectoryDisk(own.resolve("blocks")),
                votes,
                new RocksKeyValues(own.resolve("index")),
                SystemClock.INSTANCE,
                ReplicaOptions.DEFAULT),
            engines);
    ReplicaHost host = new ReplicaHost(replica, 1);
    hosts.put(identity.id(), host);
    return host;
  }

  private void start(Scenario scenario, List<? extends ReplicaHost.Outlet> links) {
    int number = 0;
    for (ReplicaHost host : hosts.values()) {
      Ledger ledger =
          new Ledger(
              scenario.genesis,
              host,
              scenario.identities.get(number).validator().key(),
              LedgerModule.NONE);
      ledgers.add(ledger);
      host.start(links.get(number), (block, _) -> ledger.decided(block));
      number++;
    }
  }

  private ReplicaHost.Outlet direct(ValidatorId from) {
    return new ReplicaHost.Outlet() {
      @Override
      public void send(ValidatorId to, Frame frame) {
        Optional.ofNullable(hosts.get(to))
            .ifPresent(host -> host.received(new Received(from, frame, () -> {})));
      }

      @Override
      public void broadcast(Frame frame) {
        hosts.keySet().stream().filter(id -> !id.equals(from)).forEach(id -> send(id, frame));
      }

      @Override
      public void refuse(ValidatorId peer, String reason) {
        throw new AssertionError(from + " refuses " + peer + ", which " + reason);
      }
    };
  }

  List<Ledger> ledgers() {
    return List.copyOf(ledgers);
  }

  @Override
  public void close() {
    hosts.values().forEach(ReplicaHost::close);
    nodes.forEach(HieroNode::close);
  }
}
