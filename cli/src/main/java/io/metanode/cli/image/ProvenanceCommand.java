package io.metanode.cli.image;

import io.metanode.cli.CommandException;
import io.metanode.cli.EngineClient;
import io.metanode.cli.NodeHome;
import io.metanode.cli.NodeState;
import io.metanode.receipts.SignedStatement;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** The signed statement of the build that made an image. */
@Command(
    name = "provenance",
    description = "Print the signed statement (SLSA provenance) of the build that made an image.",
    footer = {"", "Exit codes: 0 done, 1 not signed by the key or no provenance, 2 wrong usage."})
final class ProvenanceCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Parameters(arity = "0..1", paramLabel = "IMAGE", description = "name or id, asked of the node")
  @Nullable String image;

  @Option(names = "--file", paramLabel = "FILE", description = "an envelope kept before; no node")
  @Nullable Path file;

  @Option(names = "--statement", description = "print the statement, not the envelope")
  boolean statement;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "verify that this key signed: a PEM PUBLIC KEY or verifier keys (log.vkey)")
  @Nullable Path key;

  @Spec CommandSpec spec = CommandSpec.create();

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    byte[] envelope = envelope();
    SignedStatement signed = SignedStatement.read(envelope);
    if (key != null && !signed.isSignedBy(key)) {
      throw new CommandException(
          "not signed by a key in " + key + ": the envelope names the key " + signed.keyId());
    }
    out.println(
        statement
            ? JSON.readTree(signed.statement()).toPrettyString()
            : new String(envelope, StandardCharsets.UTF_8));
    return 0;
  }

  private byte[] envelope() throws IOException {
    Path kept = file;
    String name = image;
    if ((kept == null) == (name == null)) {
      throw new ParameterException(spec.commandLine(), "Give an IMAGE, or --file.");
    }
    if (kept != null) {
      // Printed, it got a line feed.
      return Files.readString(kept).strip().getBytes(StandardCharsets.UTF_8);
    }
    Path socket = NodeState.running(NodeHome.fromEnvironment()).dockerSocket();
    String path = URLEncoder.encode(String.valueOf(name), StandardCharsets.UTF_8);
    EngineClient.Answer answer =
        new EngineClient(socket)
            .request("GET", "/images/" + path.replace("%2F", "/") + "/provenance");
    if (answer.status() != 200) {
      throw new CommandException(JSON.readTree(answer.body()).path("message").asString());
    }
    return answer.body().getBytes(StandardCharsets.UTF_8);
  }
}
