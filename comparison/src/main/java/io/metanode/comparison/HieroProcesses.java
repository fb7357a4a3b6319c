package io.metanode.comparison;

import io.metanode.cli.CommandException;
import io.metanode.cli.Program;
import io.metanode.cli.Waiting;
import io.metanode.cli.ledger.Localnet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Nodes of Hiero with the ledger's state machine on them, each in a virtual machine of its own. */
final class HieroProcesses implements Contender {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path genesis;
  private final int nodes;
  private final List<String> settings;

  /**
   * @param settings of Hiero's platform, each {@code name=value}
   */
  HieroProcesses(Path genesis, int nodes, List<String> settings) {
    this.genesis = genesis;
    this.nodes = nodes;
    this.settings = List.copyOf(settings);
  }

  @Override
  public String name() {
    return "hiero";
  }

  @Override
  public Running prepare(Path directory) throws IOException {
    return new Nodes(directory, Localnet.freePorts(2 * nodes));
  }

  private final class Nodes implements Running {

    private final Path directory;
    private final List<Integer> gossip;
    private final List<Integer> api;
    private final List<Process> processes = new CopyOnWriteArrayList<>();

    Nodes(Path directory, List<Integer> ports) {
      this.directory = directory;
      gossip = ports.subList(0, nodes);
      api = ports.subList(nodes, 2 * nodes);
    }

    private Path own(int node) {
      return directory.resolve("hiero" + node);
    }

    @Override
    public void start() throws IOException {
      for (int i = 0; i < nodes; i++) {
        Files.createDirectories(own(i));
        HieroMain.Place place = new HieroMain.Place(i, api.get(i), own(i), genesis);
        processes.add(
            program(own(i))
                .start(
                    own(i).resolve("log"),
                    HieroMain.arguments(place, gossip, settings).toArray(String[]::new)));
      }
      for (int i = 0; i < nodes; i++) {
        awaitReady(processes.get(i), own(i));
      }
    }

    @Override
    public List<URI> urls() {
      return api.stream().map(port -> URI.create("http://127.0.0.1:" + port)).toList();
    }

    @Override
    public void close() {
      processes.forEach(Process::destroyForcibly);
      for (Process process : processes) {
        Waiting.until(() -> !process.isAlive(), Duration.ofSeconds(20), "stopping");
      }
    }
  }

  /** The Java that runs this, with the flags that the launcher gives a validator. */
  private static Program program(Path directory) {
    ProcessHandle.Info self = ProcessHandle.current().info();
    return Program.of(
        self.command().orElseThrow(),
        "-XX:+UseSerialGC",
        "-Xmx1g",
        "--enable-native-access=ALL-UNNAMED",
        "-Dlog4j.provider=org.apache.logging.log4j.simple.internal.SimpleProvider",
        "-Dcom.amazon.corretto.crypto.provider.registerEdKeyFactory=true",
        "-Djava.io.tmpdir=" + directory,
        "-cp",
        System.getProperty("java.class.path"),
        HieroMain.class.getName());
  }

  private static void awaitReady(Process process, Path directory) throws IOException {
    Path ready = directory.resolve(HieroMain.READY);
    boolean told =
        Waiting.until(
            () -> Files.exists(ready) || !process.isAlive(), PATIENCE, "starting Hiero's nodes");
    if (!told || !process.isAlive()) {
      throw new CommandException(
          directory.getFileName()
              + " did not start:\n"
              + Files.readString(directory.resolve("log"))
                  .lines()
                  .limit(40)
                  .collect(Collectors.joining("\n")));
    }
  }
}
