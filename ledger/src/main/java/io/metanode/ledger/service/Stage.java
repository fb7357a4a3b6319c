package io.metanode.ledger.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a validator spends processor time on, told apart by the names of its threads. */
public enum Stage {
  /** Signatures of transactions. */
  VERIFICATION("ledger-verify.*"),
  /** The replica: mempool, votes, blocks, state, writing them. */
  CONSENSUS("ledger-consens.*"),
  /** Links to peers: TLS, frames, decoding. */
  NETWORK("ledger-peer.*"),
  /** Clients' requests, on the carriers of virtual threads. */
  API("(ForkJoinPool|HTTP-Dispatcher).*"),
  /** The index's own threads. */
  STORAGE("rocksdb.*"),
  /** Compiling Java code, which ends when the program is warm. */
  COMPILER("C[12] Compiler.*"),
  /** The rest of the JVM: memory, above all. */
  OTHER(".*");

  private static final Path TASKS = Path.of("/proc/self/task");

  private final String threads;

  /**
   * @param threads the pattern of their names
   */
  Stage(String threads) {
    this.threads = threads;
  }

  /** The kernel keeps fifteen characters of a thread's name. */
  private static Stage of(String name) {
    for (Stage stage : values()) {
      if (name.matches(stage.threads)) {
        return stage;
      }
    }
    return OTHER;
  }

  /**
   * The processor time of this process by stage so far, in ns; empty where the host has no /proc.
   */
  public static Map<Stage, Long> nanos() {
    Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
    try (Stream<Path> tasks = Files.list(TASKS)) {
      for (Path task : tasks.toList()) {
        add(task, nanos);
      }
    } catch (IOException e) {
      return Map.of();
    }
    return nanos;
  }

  private static void add(Path task, Map<Stage, Long> nanos) {
    try {
      String name = Files.readString(task.resolve("comm"), UTF_8);
      String onProcessor = Files.readString(task.resolve("schedstat"), UTF_8).split(" ", 2)[0];
      nanos.merge(of(name.strip()), Long.parseLong(onProcessor), Long::sum);
    } catch (IOException | NumberFormatException e) {
      System.getLogger(Stage.class.getName())
          .log(System.Logger.Level.DEBUG, "a thread ended while it was looked at: {0}", e);
    }
  }
}
