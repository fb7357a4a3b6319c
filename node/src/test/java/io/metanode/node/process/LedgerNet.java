package io.metanode.node.process;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.cli.Program;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.economy.EconomyModule;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Randomness;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LedgerSettings;
import io.metanode.ledger.LedgerSetup;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Four validators, each a process in a network namespace of its own, on a bridge in a fifth, to
 * which the host has one port so that clients reach all of them. One has a disk of its own.
 */
final class LedgerNet implements AutoCloseable {

  static final int SIZE = 4;

  /** Of the range for benchmarks (RFC 2544), which no real network uses. */
  private static final String SUBNET = "198.18.77.";

  private static final String PREFIX = "mnled";
  private static final String SWITCH = PREFIX + "sw";
  private static final Program IP = Program.of("ip");
  private static final Program MOUNT = Program.of("mount");
  private static final Program UNMOUNT = Program.of("umount");

  /** The validator whose disk is small. */
  static final int SMALL = 2;

  private static final String ROOM = "256m";

  private final Path directory;
  private final List<LedgerHome> homes = new ArrayList<>();
  private final List<@Nullable Process> processes = new ArrayList<>();
  private final List<Ed25519PublicKey> keys = new ArrayList<>();

  LedgerNet(Path directory) {
    this.directory = directory;
  }

  /** Makes the chain and the network. */
  void make(List<PrivateKeySigner> funded, Clock clock, Randomness randomness) throws IOException {
    unmakeNetwork();
    List<LedgerSetup.PublicKeys> all = new ArrayList<>();
    Map<Ed25519PublicKey, LedgerSettings.Address> addresses = new HashMap<>();
    Files.createDirectory(small());
    assumeTrue(
        MOUNT.run("-t", "tmpfs", "-o", "size=" + ROOM, "tmpfs", small().toString()).succeeded(),
        "needs to mount a tmpfs");
    for (int i = 0; i < SIZE; i++) {
      homes.add(new LedgerHome(directory.resolve("validator" + i)));
      processes.add(null);
      all.add(LedgerSetup.keys(homes.get(i), randomness));
      keys.add(all.get(i).key());
      addresses.put(keys.get(i), new LedgerSettings.Address(host(i), 7401));
    }
    byte[] genesis =
        LedgerSetup.genesis(
            all,
            funded.getFirst().publicKey(),
            funded.stream().skip(1).map(PrivateKeySigner::publicKey).toList(),
            LedgerSetup.standardBlock(),
            new EconomyModule(),
            clock);
    for (int i = 0; i < SIZE; i++) {
      LedgerSetup.install(homes.get(i), genesis);
      LedgerSettings.DEFAULT
          .at(
              new LedgerSettings.Address(host(i), 7400),
              new LedgerSettings.Address(host(i), 7401),
              addresses)
          .write(homes.get(i).settings());
    }
    makeNetwork();
  }

  private Path small() {
    return directory.resolve("validator" + SMALL);
  }

  private Path ballast() {
    return small().resolve("ballast");
  }

  /** Takes all the room there is on the small disk, beside what was taken before. */
  void fill() throws IOException {
    byte[] piece = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(ballast(), CREATE, APPEND)) {
      while (true) {
        out.write(piece);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw e;
      }
    }
  }

  /** Gives it back. */
  void makeRoom() throws IOException {
    Files.delete(ballast());
  }

  /** The exit code of a validator that ended by itself. */
  Optional<Integer> ended(int i) {
    return Optional.ofNullable(processes.get(i)).filter(p -> !p.isAlive()).map(Process::exitValue);
  }

  private static String host(int i) {
    return SUBNET + (i + 1);
  }

  private static String space(int i) {
    return PREFIX + i;
  }

  private static void makeNetwork() {
    IP.output("netns", "add", SWITCH);
    IP.output("-n", SWITCH, "link", "add", "br0", "type", "bridge");
    IP.output("-n", SWITCH, "link", "set", "br0", "up");
    port(PREFIX + "host", "p254");
    IP.output("addr", "add", SUBNET + "254/24", "dev", PREFIX + "host");
    IP.output("link", "set", PREFIX + "host", "up");
    for (int i = 0; i < SIZE; i++) {
      IP.output("netns", "add", space(i));
      IP.output("-n", space(i), "link", "set", "lo", "up");
      port(space(i) + "v", "p" + i);
      IP.output("link", "set", space(i) + "v", "netns", space(i), "name", "eth0");
      IP.output("-n", space(i), "addr", "add", host(i) + "/24", "dev", "eth0");
      IP.output("-n", space(i), "link", "set", "eth0", "up");
    }
  }

  private static void port(String outside, String inside) {
    IP.output("link", "add", outside, "type", "veth", "peer", "name", inside, "netns", SWITCH);
    IP.output("-n", SWITCH, "link", "set", inside, "master", "br0", "up");
  }

  private static void unmakeNetwork() {
    for (int i = 0; i < SIZE; i++) {
      IP.run("netns", "del", space(i));
    }
    IP.run("netns", "del", SWITCH);
    IP.run("link", "del", PREFIX + "host");
  }

  /** Cuts a validator off from everybody, or lets it back. */
  void connect(int i, boolean connected) {
    IP.output("-n", SWITCH, "link", "set", "p" + i, connected ? "up" : "down");
  }

  void start(int i) throws IOException {
    Program launcher = TestNode.launcher().with("METANODE_HEAP", "256m");
    List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", space(i)));
    words.addAll(launcher.command());
    processes.set(
        i,
        new Program(words, launcher.environment())
            .start(logFile(i), "ledger", "start", "--dir", homes.get(i).directory().toString()));
  }

  /** As a crash would. {@code ip netns exec} and the launcher become the validator's process. */
  void kill(int i) {
    Process process = processes.get(i);
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  /** Takes everything from a stopped validator but its keys, chain and settings. */
  void wipe(int i) throws IOException {
    for (String name : List.of("blocks", "votes", "index")) {
      try (Stream<Path> files = Files.walk(homes.get(i).directory().resolve(name))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  URI url(int i) {
    return URI.create("http://" + host(i) + ":7400");
  }

  LedgerClient client(int i) {
    return new LedgerClient(url(i));
  }

  /** The height a validator says it has; -1 if it says nothing. */
  long height(int i) {
    try (LedgerClient client = client(i)) {
      return client.get("/v1/status").required("height").asLong();
    } catch (IOException e) {
      return -1;
    }
  }

  /** What a validator says of itself. */
  String status(int i) {
    try (LedgerClient client = client(i)) {
      return client.get("/v1/status").toString();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Who proposes the block after the last one that validator {@code asked} has. */
  int leader(int asked) {
    List<String> order = keys.stream().map(LedgerNet::hex).sorted().toList();
    String leader = order.get((int) ((height(asked) + 1) % SIZE));
    return keys.stream().map(LedgerNet::hex).toList().indexOf(leader);
  }

  private static String hex(Ed25519PublicKey key) {
    return HexFormat.of().formatHex(key.bytes());
  }

  String log(int i) throws IOException {
    return Files.readString(logFile(i));
  }

  /** Outside the home, whose disk may be full. */
  private Path logFile(int i) {
    return directory.resolve("validator" + i + ".log");
  }

  @Override
  public void close() {
    for (int i = 0; i < processes.size(); i++) {
      kill(i);
    }
    unmakeNetwork();
    if (Files.exists(small())) {
      UNMOUNT.run(small().toString());
    }
  }
}
