package io.metanode.comparison;

import io.metanode.foundation.SystemClock;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
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
import java.util.function.BiFunction;

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
    for (int i = 0; i < Scenario.VALIDATORS; i++) {
      made.open(scenario, directory, i, QbftEngine::create);
    }
    made.start(scenario, (id, host) -> made.direct(id));
    return made;
  }

  static FourValidators onHiero(Scenario scenario, Path directory) throws IOException {
    FourValidators made = new FourValidators();
    Map<ValidatorId, TotalOrder> orders = new LinkedHashMap<>();
    for (int i = 0; i < Scenario.VALIDATORS; i++) {
      TotalOrder order = new TotalOrder();
      orders.put(scenario.identities.get(i).id(), order);
      made.open(
          scenario,
          directory,
          i,
          (setup, height, record) -> new TotalOrderEngine(setup, order, height));
    }
    ValidatorSet set = scenario.genesis.validators().set();
    Map<ValidatorId, HieroLinks> links = new LinkedHashMap<>();
    made.hosts.forEach(
        (id, host) ->
            links.put(
                id,
                new HieroLinks(
                    scenario.genesis.id(),
                    set,
                    new KeyAuthenticity(),
                    orders.get(id),
                    made.direct(id),
                    host)));
    List<HieroLinks> all = List.copyOf(links.values());
    made.nodes.addAll(HieroNodes.start(directory, all));
    for (int i = 0; i < all.size(); i++) {
      all.get(i).use(made.nodes.get(i));
    }
    made.start(scenario, (id, host) -> links.get(id));
    return made;
  }

  private void open(Scenario scenario, Path directory, int number, Replica.Engines engines)
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
    hosts.put(identity.id(), new ReplicaHost(replica, 1));
  }

  private void start(
      Scenario scenario, BiFunction<ValidatorId, ReplicaHost, ReplicaHost.Outlet> links) {
    int number = 0;
    for (Map.Entry<ValidatorId, ReplicaHost> one : hosts.entrySet()) {
      Ledger ledger =
          new Ledger(
              scenario.genesis, one.getValue(), scenario.identities.get(number).validator().key());
      ledgers.add(ledger);
      one.getValue()
          .start(links.apply(one.getKey(), one.getValue()), (block, _) -> ledger.decided(block));
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
