package io.metanode.containers;

import io.metanode.containers.image.Commands;
import io.metanode.containers.image.Commands.Output;
import io.metanode.receipts.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** The real client with the plugin {@code buildx}. */
abstract class BuildxClient extends BuildClient {

  @BeforeAll
  static void install() throws Exception {
    FetchedClients.plugin(fixture, "docker-buildx");
  }

  List<String> command(String... options) {
    List<String> arguments = new ArrayList<>(List.of("build"));
    if (!List.of(options).contains("-q")) {
      arguments.add("--progress=plain");
    }
    arguments.addAll(List.of(options));
    arguments.add(context.toString());
    return fixture.command(arguments.toArray(String[]::new));
  }

  @Override
  Output attempt(String dockerfile, String... options) throws Exception {
    file("Dockerfile", dockerfile);
    return Commands.run(command(options).toArray(String[]::new));
  }

  static long count(String output, String line) {
    return output.lines().filter(one -> one.endsWith(line)).count();
  }

  static long receipts(String operation) throws Exception {
    return fixture.receipts().since(Instant.EPOCH).stream()
        .filter(step -> step.operation().equals(operation))
        .count();
  }

  static Step lastStep() throws Exception {
    return fixture.receipts().since(Instant.EPOCH).getLast();
  }
}
