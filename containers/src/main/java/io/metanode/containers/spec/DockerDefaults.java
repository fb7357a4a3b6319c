package io.metanode.containers.spec;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What Docker gives every container (moby, oci/defaults.go, release 28). */
public final class DockerDefaults {

  private static final String PROCESSORS = "/sys/devices/system/cpu";

  /** In the order in which Docker tells them. */
  public static final List<String> MASKED_PATHS =
      Stream.concat(
              Stream.of(
                  "/proc/asound",
                  "/proc/acpi",
                  "/proc/interrupts",
                  "/proc/kcore",
                  "/proc/keys",
                  "/proc/latency_stats",
                  "/proc/timer_list",
                  "/proc/timer_stats",
                  "/proc/sched_debug",
                  "/proc/scsi",
                  "/sys/firmware",
                  "/sys/devices/virtual/powercap"),
              throttlingCounters())
          .toList();

  public static final List<String> READONLY_PATHS =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  /** Of each processor, where it counts: they tell what others do (GHSA-6fw5-f8r9-fgfm). */
  private static Stream<String> throttlingCounters() {
    String[] entries = new File(PROCESSORS).list();
    return Arrays.stream(entries == null ? new String[0] : entries)
        .filter(name -> name.matches("cpu\\d+"))
        .map(name -> PROCESSORS + "/" + name + "/thermal_throttle")
        .filter(path -> Files.isDirectory(Path.of(path)))
        .sorted();
  }

  /** Rules for /dev/random, null, zero, urandom, full, tty and console. */
  static final List<String> DEVICE_RULES =
      List.of(
          "c 1:3 rwm",
          "c 1:5 rwm",
          "c 1:7 rwm",
          "c 1:8 rwm",
          "c 1:9 rwm",
          "c 5:0 rwm",
          "c 5:1 rwm");

  private DockerDefaults() {}

  static List<MountPoint> mounts(boolean privileged, long shmBytes) {
    String systemAccess = privileged ? "rw" : "ro";
    return List.of(
        mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev"),
        mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"),
        mount(
            "/dev/pts",
            "devpts",
            "devpts",
            "nosuid",
            "noexec",
            "newinstance",
            "ptmxmode=0666",
            "mode=0620",
            "gid=5"),
        mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", systemAccess),
        mount("/sys/fs/cgroup", "cgroup", "cgroup", systemAccess, "nosuid", "noexec", "nodev"),
        mount("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev"),
        mount(
            "/dev/shm",
            "tmpfs",
            "shm",
            "nosuid",
            "noexec",
            "nodev",
            "mode=1777",
            "size=" + shmBytes));
  }

  private static MountPoint mount(
      String destination, String type, String source, String... options) {
    return new MountPoint(destination, type, source, List.of(options));
  }
}
