package io.metanode.cli.bench;

import io.metanode.cli.BusyboxImage;
import io.metanode.cli.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How long {@code docker build} takes, from nothing and from its cache, beside a real dockerd. */
@Command(
    name = "build",
    description = "Time docker build, uncached and cached, on DockLock and on dockerd, in turn.")
final class BuildBench implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int FILE_BYTES = 64 << 10;

  /** Two stages, steps of each kind: as a small program is built. */
  private static final String DOCKERFILE =
      """
      FROM %s AS build
      ENV MODE=release
      WORKDIR /src
      COPY . .
      RUN cat files/* > all && mkdir -p /out && cp all /out/program
      RUN ls -l /out > /out/list
      FROM %s
      COPY --from=build /out /app
      RUN addgroup app 2>/dev/null; echo built > /app/note
      WORKDIR /app
      ENV PATH=/bin
      EXPOSE 8080
      USER 1000
      CMD ["cat", "note"]
      """;

  @Option(names = "--pairs", description = "measured pairs (default ${DEFAULT-VALUE})")
  int pairs = 11;

  @Option(names = "--warm-up", description = "pairs before that (default ${DEFAULT-VALUE})")
  int warmUp = 3;

  @Option(
      names = "--megabytes",
      description = "of the context's files, 2^20 bytes each (default ${DEFAULT-VALUE})")
  int megabytes = 16;

  @Option(names = "--directory", description = "where both engines keep data (default /var/tmp)")
  Path parent = Path.of("/var/tmp");

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    ObjectNode json =
        JSON.createObjectNode()
            .put("bench", "build")
            .put("pairs", pairs)
            .put("megabytes", megabytes)
            .put("steps", DOCKERFILE.lines().count());
    try (Bench bench = Bench.in(parent)) {
      Engine dockerd = bench.with(Dockerd.start(bench.directory()));
      Engine docklock = bench.with(DockLock.start(bench.directory()));
      for (Engine engine : new Engine[] {docklock, dockerd}) {
        BusyboxImage.ensure(engine.docker(), Bench.IMAGE, bench.directory().resolve("image.tar"));
      }
      Path context = context(bench.directory());
      Dockerd.describe(json, dockerd.docker());
      InTurn turn = new InTurn(docklock, dockerd, InTurn.SETTLE, json, out);
      for (boolean cached : new boolean[] {false, true}) {
        turn.measure(
            List.of(cached ? "cached" : "uncached"),
            engine -> new double[] {millis(engine.docker(), context, cached)},
            warmUp,
            pairs);
      }
    }
    out.println(json);
    return 0;
  }

  private Path context(Path directory) throws IOException {
    Path context = Files.createDirectory(directory.resolve("context"));
    Files.writeString(
        context.resolve("Dockerfile"), DOCKERFILE.formatted(Bench.IMAGE, Bench.IMAGE));
    Path files = Files.createDirectory(context.resolve("files"));
    byte[] content = new byte[FILE_BYTES];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < megabytes * ((1 << 20) / FILE_BYTES); i++) {
      random.nextBytes(content);
      Files.write(files.resolve("file" + i), content);
    }
    return context;
  }

  /** What was built is taken away again after an uncached build, which is not measured. */
  private static double millis(Program docker, Path context, boolean cached) {
    String name = "metanode/bench-built:1";
    String cache = "--no-cache=" + !cached;
    double millis =
        Workload.timed(
            docker.with("DOCKER_BUILDKIT", "0"), "build", cache, "-t", name, context.toString());
    if (!cached) {
      docker.output("rmi", name);
      docker.output("image", "prune", "-f");
    }
    return millis;
  }
}
