package io.metanode.containers.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command lines of runc.
 *
 * @param program runc
 * @param root where runc keeps the state of its containers
 */
public record Runc(Path program, Path root) {

  /** A short search path: runc looks for helpers in all of it, each time. */
  static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");

  List<String> run(ContainerLaunch launch, RunDirectory directory) {
    List<String> command = common(directory);
    command.addAll(List.of("run", "-d", "--pid-file", directory.pid().toString()));
    if (launch.terminal()) {
      command.addAll(List.of("--console-socket", directory.console().toString()));
    }
    command.addAll(List.of("--bundle", launch.bundle().toString(), launch.id()));
    return command;
  }

  List<String> exec(ExecLaunch launch, RunDirectory directory) {
    List<String> command = common(directory);
    command.addAll(
        List.of(
            "exec",
            "-d",
            "--pid-file",
            directory.pid().toString(),
            "--process",
            launch.process().toString()));
    if (launch.terminal()) {
      command.addAll(List.of("--console-socket", directory.console().toString()));
    }
    command.add(launch.containerId());
    return command;
  }

  /** Where runc keeps a container's state, which it makes anew for each run. */
  Path state(String containerId) {
    return root.resolve(containerId);
  }

  private List<String> common(RunDirectory directory) {
    return new ArrayList<>(
        List.of(
            program.toString(),
            "--root",
            root.toString(),
            "--rootless",
            "false",
            "--log",
            directory.runtimeLog().toString(),
            "--log-format",
            "json"));
  }
}
