package io.metanode.containers.runtime;

import java.util.ArrayList;
import java.util.List;

/** The shim's command line (docs/formats/shim.md). */
final class ShimCommand {

  private ShimCommand() {}

  static List<String> container(
      ContainerLaunch launch, RunDirectory directory, boolean planned, List<String> runtime) {
    List<String> command = common(directory, planned, launch.terminal(), launch.openStdin());
    if (launch.stdinOnce()) {
      command.add("--stdin-once");
    }
    launch
        .log()
        .ifPresent(
            log ->
                command.addAll(
                    List.of(
                        "--log",
                        log.path().toString(),
                        "--log-max-bytes",
                        Long.toString(log.maxBytes()),
                        "--log-max-files",
                        Integer.toString(log.maxFiles()))));
    if (launch.egressCounters().size() == 1) {
      command.addAll(List.of("--egress", launch.egressCounters().getFirst().toString()));
    }
    return withRuntime(command, runtime);
  }

  static List<String> exec(
      ExecLaunch launch, RunDirectory directory, boolean planned, List<String> runtime) {
    List<String> command = common(directory, planned, launch.terminal(), launch.openStdin());
    command.add("--stdin-once");
    return withRuntime(command, runtime);
  }

  private static List<String> common(
      RunDirectory directory, boolean planned, boolean terminal, boolean openStdin) {
    List<String> command =
        new ArrayList<>(List.of(Shims.NAME, "--state", directory.path().toString()));
    if (planned) {
      command.addAll(List.of("--plan", String.valueOf(directory.plan().getFileName())));
    }
    if (terminal) {
      command.add("--terminal");
    }
    if (openStdin) {
      command.add("--stdin");
    }
    return command;
  }

  private static List<String> withRuntime(List<String> command, List<String> runtime) {
    command.add("--");
    command.addAll(runtime);
    return List.copyOf(command);
  }
}
