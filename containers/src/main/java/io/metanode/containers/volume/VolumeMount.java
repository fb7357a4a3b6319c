package io.metanode.containers.volume;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.MountOptions;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A volume whose files lie elsewhere, as the options {@code type}, {@code device} and {@code o} of
 * the driver {@code local} say. It is mounted when a container or a copy first needs it, and
 * unmounted when it is removed; the machine's end unmounts it as well.
 */
final class VolumeMount {

  /** What an option needs beside it. */
  private static final Map<String, List<String>> NEEDS =
      new TreeMap<>(
          Map.of(
              "device",
              List.of("type"),
              "o",
              List.of("device", "type"),
              "type",
              List.of("device")));

  private final Syscalls syscalls;

  VolumeMount(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  /**
   * @throws ApiException 400 with Docker's words if an option is unknown or another is missing
   */
  static void check(String name, Map<String, String> options) throws ApiException {
    for (String option : new TreeMap<>(options).keySet()) {
      if (option.equals("size")) {
        throw ApiException.badRequest(
            "create " + name + ": quota size requested but no quota support");
      }
      if (!NEEDS.containsKey(option)) {
        throw ApiException.badRequest("create " + name + ": invalid option: \"" + option + "\"");
      }
    }
    for (Map.Entry<String, List<String>> need : NEEDS.entrySet()) {
      if (!options.getOrDefault(need.getKey(), "").isEmpty()) {
        for (String needed : need.getValue()) {
          if (options.getOrDefault(needed, "").isEmpty()) {
            throw ApiException.badRequest(
                "create " + name + ": missing required option: \"" + needed + "\"");
          }
        }
      }
    }
  }

  /** Mounts a volume, if it is not mounted and there is something to mount. */
  void mount(Volume volume) throws IOException {
    Map<String, String> options = volume.options();
    if (options.getOrDefault("device", "").isEmpty() || isMounted(volume)) {
      return;
    }
    MountOptions words = MountOptions.of(List.of(options.getOrDefault("o", "").split(",", -1)));
    long flags = words.flags();
    List<String> data = words.rest().stream().filter(word -> !word.isEmpty()).toList();
    String type = options.getOrDefault("type", "");
    String device = options.getOrDefault("device", "");
    try {
      syscalls.mount(
          device,
          volume.data().toString(),
          type,
          flags,
          data.isEmpty() ? null : String.join(",", data));
      boolean bind = (flags & Constants.MS_BIND) != 0;
      long restrictions = flags & ~(Constants.MS_BIND | Constants.MS_REC);
      if (bind && restrictions != 0) {
        syscalls.mount(
            null,
            volume.data().toString(),
            null,
            Constants.MS_BIND | Constants.MS_REMOUNT | restrictions,
            null);
      }
    } catch (SyscallException e) {
      throw new IOException(
          "error while mounting volume '%s': failed to mount local volume: mount %s:%s, data: %s: %s"
              .formatted(volume.data(), device, volume.data(), String.join(",", data), e.reason()),
          e);
    }
  }

  /**
   * Unmounts a volume, however often it was mounted: its directory is about to be removed, and what
   * is mounted there is not.
   *
   * @throws IOException if something still uses it
   */
  void unmount(Volume volume) throws IOException {
    while (isMounted(volume)) {
      syscalls.unmount(volume.data().toString(), Constants.UMOUNT_NOFOLLOW);
    }
  }

  private static boolean isMounted(Volume volume) throws IOException {
    if (!Files.exists(volume.data())) {
      return false;
    }
    Path data = volume.data().toRealPath();
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .anyMatch(line -> line.split(" ", 6)[4].equals(escaped(data.toString())));
  }

  /** As the kernel writes paths there (proc(5)). */
  private static String escaped(String path) {
    return path.replace("\\", "\\134").replace(" ", "\\040").replace("\t", "\\011");
  }
}
