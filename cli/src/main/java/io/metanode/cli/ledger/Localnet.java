package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.cli.Program;
import io.metanode.cli.ValidatorFacts;
import io.metanode.cli.Waiting;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.economy.EconomyModule;
import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LedgerSettings;
import io.metanode.ledger.LedgerSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Validators of one chain as processes of this host, each with a directory of its own. */
public final class Localnet implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String LOOPBACK = "127.0.0.1";

  private final List<LedgerHome> homes;
  private final List<Process> processes = new ArrayList<>();
  private final Program launcher;

  private Localnet(List<LedgerHome> homes, Program launcher) {
    this.homes = homes;
    this.launcher = launcher;
  }

  /**
   * Takes the network in a directory, or makes it.
   *
   * @param funded accounts that hold something from the start
   */
  public static Localnet in(
      Path directory, int validators, List<Ed25519PublicKey> funded, int blockSize)
      throws IOException {
    return in(directory, validators, funded, blockSize, port -> port);
  }

  /** A way to a port of this host. */
  @FunctionalInterface
  public interface Route {

    /** The port that leads to a port. */
    int to(int port) throws IOException;
  }

  /**
   * Likewise.
   *
   * @param route where each validator reaches each of the others, in a network that is made
   */
  public static Localnet in(
      Path directory, int validators, List<Ed25519PublicKey> funded, int blockSize, Route route)
      throws IOException {
    String launcher = System.getProperty("metanode.launcher");
    if (launcher == null) {
      throw new CommandException("start this by ./metanode, which can start validators");
    }
    List<LedgerHome> homes =
        IntStream.range(0, validators)
            .mapToObj(i -> new LedgerHome(directory.resolve("validator" + i)))
            .toList();
    Localnet net = new Localnet(homes, Program.of(launcher));
    if (Files.notExists(homes.getFirst().genesis())) {
      net.make(funded, blockSize, route);
    } else if (Files.notExists(homes.getLast().genesis())
        || Files.exists(directory.resolve("validator" + validators))) {
      throw new CommandException(
          directory + " holds a network of another size; name another directory with --dir");
    }
    return net;
  }

  private void make(List<Ed25519PublicKey> funded, int blockSize, Route route) throws IOException {
    List<LedgerSetup.PublicKeys> keys = new ArrayList<>();
    for (LedgerHome home : homes) {
      keys.add(LedgerSetup.keys(home, new SystemRandomness()));
    }
    LedgerHome first = homes.getFirst();
    byte[] genesis =
        LedgerSetup.genesis(
            keys,
            LedgerSetup.signer(first.governorKey(), new SystemRandomness()).publicKey(),
            funded,
            blockSize,
            new EconomyModule(),
            SystemClock.INSTANCE);
    List<Integer> ports = freePorts(2 * homes.size());
    for (int i = 0; i < homes.size(); i++) {
      Map<Ed25519PublicKey, LedgerSettings.Address> addresses = new HashMap<>();
      for (int j = 0; j < homes.size(); j++) {
        int port = i == j ? ports.get(2 * j) : route.to(ports.get(2 * j));
        addresses.put(keys.get(j).key(), new LedgerSettings.Address(LOOPBACK, port));
      }
      LedgerSettings.DEFAULT
          .at(
              new LedgerSettings.Address(LOOPBACK, ports.get(2 * i + 1)),
              new LedgerSettings.Address(LOOPBACK, ports.get(2 * i)),
              addresses)
          .write(homes.get(i).settings());
      LedgerSetup.install(homes.get(i), genesis);
    }
  }

  /** The same network, whose validators are started with a variable in their environment. */
  Localnet with(String variable, String value) {
    return new Localnet(homes, launcher.with(variable, value));
  }

  /** Ports of loopback that nobody has, at the moment. */
  public static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  /** Starts all validators; returns once they answer. */
  public void start() throws IOException {
    for (LedgerHome home : homes) {
      processes.add(launch(home));
    }
    for (int i = 0; i < homes.size(); i++) {
      await(i);
    }
  }

  /** Starts a validator that was stopped; returns once it answers. */
  public void start(int number) throws IOException {
    processes.set(number, launch(homes.get(number)));
    await(number);
  }

  private Process launch(LedgerHome home) throws IOException {
    Files.deleteIfExists(home.status());
    return launcher.start(log(home), "ledger", "start", "--dir", home.directory().toString());
  }

  private void await(int number) throws IOException {
    Process process = processes.get(number);
    LedgerHome home = homes.get(number);
    boolean told =
        Waiting.until(
            () -> Files.exists(home.status()) || !process.isAlive(),
            PATIENCE,
            "starting validator " + number);
    if (!told || !process.isAlive()) {
      throw new CommandException(
          "validator " + number + " did not start:\n" + Files.readString(log(home)).strip());
    }
  }

  /** Kills a validator at once, as {@code kill -9} does. */
  public void kill(int number) {
    processes.get(number).destroyForcibly();
  }

  /** Stops a validator in order, and waits until it has. */
  public void stop(int number) {
    Process process = processes.get(number);
    process.destroy();
    if (!Waiting.until(() -> !process.isAlive(), Duration.ofSeconds(60), "stopping")) {
      throw new CommandException("validator " + number + " does not stop");
    }
  }

  public static Path log(LedgerHome home) {
    return home.directory().resolve("validator.log");
  }

  public List<LedgerHome> homes() {
    return homes;
  }

  public List<Process> processes() {
    return List.copyOf(processes);
  }

  /** The URLs of the validators' APIs; all of them must run. */
  public List<URI> urls() throws IOException {
    List<URI> urls = new ArrayList<>();
    for (int number = 0; number < homes.size(); number++) {
      urls.add(url(number));
    }
    return urls;
  }

  /** The URL of a running validator's API. */
  public URI url(int number) throws IOException {
    LedgerHome home = homes.get(number);
    return URI.create(
        ValidatorFacts.read(home.status())
            .orElseThrow(() -> new CommandException(home.directory() + " does not run"))
            .api());
  }

  /** Stops all validators, and waits until they have. */
  @Override
  public void close() {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      if (!Waiting.until(() -> !process.isAlive(), Duration.ofSeconds(20), "stopping")) {
        process.destroyForcibly();
      }
    }
  }
}
