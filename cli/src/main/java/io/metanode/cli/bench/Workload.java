package io.metanode.cli.bench;

import io.metanode.cli.CommandException;
import io.metanode.cli.Program;
import io.metanode.cli.process.Finished;
import io.metanode.foundation.SystemClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What a bench has the docker client do on each engine, and how long the client took. */
interface Workload {

  /**
   * Does it once.
   *
   * @return milliseconds of what is measured, in the order of the names; what was made is gone
   */
  double[] millis(Engine engine);

  /** One command. */
  static Workload of(String... arguments) {
    return engine -> new double[] {timed(engine.docker(), arguments)};
  }

  /** What {@code docker run --rm} asks the engine, asked by a client that runs already. */
  static Workload api(String network, String image) {
    return engine -> new double[] {new ApiRun(engine.socket(), network, image).millis()};
  }

  /** {@code docker exec} of a program that ends at once, in a container that runs already. */
  static Workload exec(String container) {
    return of("exec", container, "true");
  }

  /** {@code docker stop} of a container that ends when it is asked to, then {@code docker rm}. */
  static Workload stopAndRemove(String image) {
    String ends = "trap 'exit 0' TERM; while :; do sleep 60 & wait; done";
    return engine -> {
      Program docker = engine.docker();
      String id = docker.output("run", "-d", image, "sh", "-c", ends).strip();
      double stop = timed(docker, "stop", id);
      return new double[] {stop, timed(docker, "rm", id)};
    };
  }

  /** Several clients that begin at once: from the first beginning to the last end. */
  static Workload together(int clients, String... arguments) {
    return engine -> {
      long begun = SystemClock.INSTANCE.monotonicNanos();
      try (ExecutorService each = Executors.newFixedThreadPool(clients)) {
        List<Future<Double>> running = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
          running.add(each.submit(() -> timed(engine.docker(), arguments)));
        }
        for (Future<Double> client : running) {
          client.get();
        }
      } catch (ExecutionException e) {
        Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
        throw new CommandException(String.valueOf(cause.getMessage()), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandException("interrupted while clients ran", e);
      }
      return new double[] {since(begun)};
    };
  }

  /**
   * How long a client takes.
   *
   * @return milliseconds from before its process is started until it has ended
   * @throws CommandException if it fails
   */
  static double timed(Program docker, String... arguments) {
    long begun = SystemClock.INSTANCE.monotonicNanos();
    Finished run = docker.run(arguments);
    double millis = since(begun);
    if (!run.succeeded()) {
      throw new CommandException(docker.line(arguments) + " failed: " + run.output().strip());
    }
    return millis;
  }

  static double since(long begun) {
    return (SystemClock.INSTANCE.monotonicNanos() - begun) / 1e6;
  }
}
