package io.metanode.containers.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the kernel and the distribution say of this host. */
final class HostFacts {

  private static final String UNKNOWN = "<unknown>";

  private HostFacts() {}

  static String kernelVersion() {
    return line("/proc/sys/kernel/osrelease");
  }

  static String hostName() {
    return line("/proc/sys/kernel/hostname");
  }

  static String operatingSystem() {
    return osRelease("PRETTY_NAME");
  }

  static String operatingSystemVersion() {
    return osRelease("VERSION_ID");
  }

  /** As {@code uname -m}. */
  static String machine() {
    return switch (System.getProperty("os.arch", "")) {
      case "amd64" -> "x86_64";
      case String other -> other;
    };
  }

  /** As Go names it. */
  static String architecture() {
    return switch (System.getProperty("os.arch", "")) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case String other -> other;
    };
  }

  /** Bytes of memory; 0 if unknown. */
  static long memoryBytes() {
    return lines("/proc/meminfo").stream()
        .filter(line -> line.startsWith("MemTotal:"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .map(kib -> kib * 1024)
        .findFirst()
        .orElse(0);
  }

  static boolean isOn(String setting) {
    return line(setting).equals("1");
  }

  /** Whether the file or directory exists. */
  static boolean exists(String path) {
    return Files.exists(Path.of(path));
  }

  /** The resource controllers of control groups that are enabled, of either version. */
  static Set<String> controllers() {
    return lines("/proc/cgroups").stream()
        .map(line -> line.split("\\s+", -1))
        .filter(fields -> fields.length == 4 && fields[3].equals("1"))
        .map(fields -> fields[0])
        .collect(Collectors.toSet());
  }

  /** How many descriptors this process has open. */
  static long openDescriptors() {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    } catch (IOException e) {
      return 0;
    }
  }

  /** The word after {@code key} in what {@code program --version} prints. */
  static String programVersion(Path program, String key) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(5, TimeUnit.SECONDS);
      return text.lines()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(key.length()).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String osRelease(String key) {
    return Stream.of("/etc/os-release", "/usr/lib/os-release")
        .flatMap(file -> lines(file).stream())
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1).replaceAll("^[\"']|[\"']$", ""))
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static String line(String file) {
    return lines(file).stream().findFirst().map(String::strip).orElse(UNKNOWN);
  }

  private static List<String> lines(String file) {
    try {
      return Arrays.asList(Files.readString(Path.of(file)).split("\n", -1));
    } catch (IOException e) {
      return List.of();
    }
  }
}
