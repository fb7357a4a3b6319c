package io.metanode.comparison;

import io.metanode.cli.CommandException;
import io.metanode.cli.Program;
import io.metanode.cli.Waiting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  public Running start(Path directory) throws IOException {
    List<Integer> ports = HieroNetwork.freePorts(2 * nodes);
    List<Integer> gossip = ports.subList(0, nodes);
    List<Process> processes = new ArrayList<>();
    List<URI> urls = new ArrayList<>();
    Running running =
        new Running() {
          @Override
          public List<URI> urls() {
            return List.copyOf(urls);
          }

          @Override
          public void close() {
            processes.forEach(Process::destroyForcibly);
            processes.forEach(
                process ->
                    Waiting.until(() -> !process.isAlive(), Duration.ofSeconds(20), "stopping"));
          }
        };
    try {
      for (int i = 0; i < nodes; i++) {
        int port = ports.get(nodes + i);
        Path own = Files.createDirectories(directory.resolve("hiero" + i));
        processes.add(
            program(own)
                .start(
                    own.resolve("log"),
                    HieroMain.arguments(
                            new HieroMain.Place(i, port, own, genesis), gossip, settings)
                        .toArray(String[]::new)));
        urls.add(URI.create("http://127.0.0.1:" + port));
      }
      for (int i = 0; i < nodes; i++) {
        awaitReady(processes.get(i), directory.resolve("hiero" + i));
      }
      return running;
    } catch (IOException | RuntimeException e) {
      running.close();
      throw e;
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
