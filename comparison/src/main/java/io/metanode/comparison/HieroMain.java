package io.metanode.comparison;

import io.metanode.economy.EconomyModule;
import io.metanode.foundation.Bytes;
import io.metanode.ledger.ibft.KeyAuthenticity;
import io.metanode.ledger.replica.Equivocation;
import io.metanode.ledger.state.AssetMachine;
import io.metanode.ledger.state.BlsPossession;
import io.metanode.ledger.state.Genesis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One node of Hiero with the ledger's state machine on it, until it is killed: {@code NODE API-PORT
 * DIRECTORY GENESIS GOSSIP-PORT,... [NAME=VALUE ...]}, the names being settings of the platform.
 */
final class HieroMain {

  /** The file that says in the node's directory that it answers clients. */
  static final String READY = "ready";

  private static final int PATIENCE_SECONDS = 120;

  private HieroMain() {}

  /**
   * Which node this is.
   *
   * @param port of its API
   */
  record Place(int node, int port, Path directory, Path genesis) {}

  static List<String> arguments(Place place, List<Integer> gossip, List<String> settings) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                String.valueOf(place.node()),
                String.valueOf(place.port()),
                place.directory().toString(),
                place.genesis().toString(),
                gossip.stream().map(String::valueOf).collect(Collectors.joining(","))));
    arguments.addAll(settings);
    return arguments;
  }

  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    Path directory = Path.of(given.get(2));
    Genesis genesis = Genesis.decode(Bytes.of(Files.readAllBytes(Path.of(given.get(3)))));
    List<Integer> gossip =
        Arrays.stream(given.get(4).split(",", -1)).map(Integer::valueOf).toList();
    Map<String, String> settings =
        given.subList(5, given.size()).stream()
            .map(setting -> setting.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    HieroLedger ledger =
        new HieroLedger(
            genesis,
            new AssetMachine(
                genesis.parameters().fees(),
                new BlsPossession(),
                new Equivocation(genesis.id(), new KeyAuthenticity()),
                new EconomyModule()));
    HieroNode node =
        new HieroNode(
            new HieroNetwork(gossip), Integer.parseInt(given.get(0)), directory, settings, ledger);
    node.active().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    HieroApi.start(ledger, node, Integer.parseInt(given.get(1)));
    Files.createFile(directory.resolve(READY));
  }
}
