package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Makes a log's checkpoint final. */
@Command(name = "anchor", description = "Make a checkpoint of a log final. Exit 1: not applied.")
final class AnchorCommand implements Callable<Integer> {

  @Mixin Submission submission = new Submission();
  @Mixin Printed printed = new Printed();

  @Parameters(index = "0", paramLabel = "ORIGIN", description = "the log's name")
  String origin = "";

  @Parameters(index = "1", paramLabel = "SIZE", description = "its leaves")
  long size;

  @Parameters(index = "2", paramLabel = "ROOT", description = "64 hexadecimal digits")
  String root = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (!root.matches("[0-9a-fA-F]{64}")) {
      throw new CommandException("a root has 64 hexadecimal digits");
    }
    JsonNode answer =
        submission.submit(
            (transactions, sender, place) ->
                transactions.anchor(sender, place, origin, size, HexFormat.of().parseHex(root)));
    printed.print(spec, answer);
    return Submission.exitCode(answer);
  }
}
