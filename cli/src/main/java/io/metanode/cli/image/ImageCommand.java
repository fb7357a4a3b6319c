package io.metanode.cli.image;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Images; all that docker does with them, docker does. */
@Command(
    name = "image",
    description = "Show where an image that was built here comes from.",
    subcommands = {ProvenanceCommand.class})
public final class ImageCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of them?");
  }
}
