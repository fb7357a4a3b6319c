package io.metanode.containers.network;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code nft} program. */
record Nft(Path program) implements RuleLoader {

  /** Where it is installed; empty if it is not. */
  static Optional<Nft> find() {
    return Stream.of("/usr/sbin/nft", "/sbin/nft", "/usr/bin/nft", "/usr/local/sbin/nft")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .map(Nft::new);
  }

  @Override
  public void load(String script) throws IOException {
    run(List.of("-f", "-"), script);
  }

  /** What nft prints. */
  String run(List<String> arguments, String input) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(program.toString());
    builder.command().addAll(arguments);
    Process process = builder.redirectErrorStream(true).start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("nft: " + output);
      }
      return output;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while nft ran", e);
    }
  }
}
