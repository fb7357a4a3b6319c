package io.metanode.node.process;

import io.metanode.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one home's node leaves on the host, a line each: mounts, processes, links on its bridges,
 * its control groups, its firewall rules, and the files of containers and runs.
 */
record HostTraces(
    List<String> mounts,
    List<String> processes,
    List<String> links,
    List<String> groups,
    List<String> rules,
    List<String> files) {

  private static final Path LINKS = Path.of("/sys/class/net");

  static HostTraces of(Traced node) throws IOException {
    return new HostTraces(
        mounts(node.home()), processes(node), links(node), groups(node), rules(node), files(node));
  }

  /** What containers hold: none of it while there are none. */
  List<String> held() {
    return Stream.of(mounts, processes, groups, rules, files).flatMap(List::stream).toList();
  }

  /**
   * How to tell a node's traces from those of others.
   *
   * @param instance in the names of its groups and rules and in its bridges' aliases
   */
  record Traced(Path home, Path runDirectory, String instance) {

    static Traced of(TestNode node) throws IOException {
      String instance = node.docker().output("info", "--format", "{{.ID}}").strip();
      return new Traced(
          node.home(), Path.of(node.facts().required("runDirectory").asString()), instance);
    }
  }

  private static List<String> mounts(Path home) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .map(line -> line.split(" ", -1)[4])
        .filter(target -> target.startsWith(home + "/"))
        .sorted()
        .toList();
  }

  private static List<String> processes(Traced node) throws IOException {
    List<String> found = new ArrayList<>();
    try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        try {
          String command = Files.readString(process.resolve("cmdline")).replace('\0', ' ');
          if (command.contains(node.runDirectory() + "/") || command.contains(node.home() + "/")) {
            found.add(command);
          }
        } catch (IOException ended) {
          // Then it is no trace.
        }
      }
    }
    return found.stream().sorted().toList();
  }

  private static List<String> links(Traced node) throws IOException {
    List<String> found = new ArrayList<>();
    try (var all = Files.newDirectoryStream(LINKS)) {
      for (Path link : all) {
        if (alias(link).contains(node.instance())) {
          found.add("bridge");
        } else if (alias(link.resolve("master")).contains(node.instance())) {
          found.add("link");
        }
      }
    }
    return found.stream().sorted().toList();
  }

  /** Empty for a link, or a bridge of one, that went while it was looked at. */
  private static String alias(Path link) {
    try {
      return Files.readString(link.resolve("ifalias"));
    } catch (IOException gone) {
      return "";
    }
  }

  private static List<String> groups(Traced node) throws IOException {
    String parent = "metanode-" + node.instance();
    List<String> found = new ArrayList<>();
    try (var controllers = Files.newDirectoryStream(Path.of("/sys/fs/cgroup"))) {
      for (Path controller : controllers) {
        found.addAll(directoriesIn(controller.resolve(parent)));
      }
    }
    found.addAll(directoriesIn(Path.of("/sys/fs/cgroup", parent)));
    return found.stream().sorted().toList();
  }

  private static List<String> directoriesIn(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(Files::isDirectory).map(Path::toString).toList();
    }
  }

  /** Ports of the host that the rules lead to containers. */
  private static List<String> rules(Traced node) {
    String table = "metanode_" + node.instance();
    return Program.of("nft", "list", "table", "ip", table)
        .run()
        .output()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("elements"))
        .sorted()
        .toList();
  }

  private static List<String> files(Traced node) throws IOException {
    List<String> found = new ArrayList<>();
    for (String held : List.of("containers", "snapshots", "volumes")) {
      found.addAll(entries(node.home().resolve("engine").resolve(held)));
    }
    found.addAll(entries(node.runDirectory().resolve("c")));
    found.addAll(entries(node.runDirectory().resolve("r")));
    return found;
  }

  private static List<String> entries(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(Path::toString).filter(entry -> !entry.contains("/.")).sorted().toList();
    }
  }
}
