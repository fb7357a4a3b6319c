package io.metanode.containers.cgroup;

import io.metanode.containers.cgroup.Cgroups.DeviceBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Bytes a group moved to and from block devices. */
record BlockIoCounts(long readBytes, long writeBytes) {

  static final BlockIoCounts NONE = new BlockIoCounts(0, 0);

  static BlockIoCounts version1(Path group) throws IOException {
    return sum(devicesVersion1(group));
  }

  static BlockIoCounts version2(Path group) throws IOException {
    return sum(devicesVersion2(group));
  }

  private static BlockIoCounts sum(List<DeviceBytes> devices) {
    return new BlockIoCounts(
        devices.stream().mapToLong(DeviceBytes::readBytes).sum(),
        devices.stream().mapToLong(DeviceBytes::writeBytes).sum());
  }

  /** Version 1: lines of {@code major:minor Operation bytes}. */
  static List<DeviceBytes> devicesVersion1(Path group) throws IOException {
    Path recursive = group.resolve("blkio.throttle.io_service_bytes_recursive");
    Path file =
        Files.exists(recursive) ? recursive : group.resolve("blkio.throttle.io_service_bytes");
    Map<String, long[]> byDevice = new TreeMap<>();
    for (String line : CgroupFile.lines(file)) {
      String[] words = line.split(" ", -1);
      if (words.length == 3) {
        long[] bytes = byDevice.computeIfAbsent(words[0], device -> new long[2]);
        switch (words[1]) {
          case "Read" -> bytes[0] += Long.parseLong(words[2]);
          case "Write" -> bytes[1] += Long.parseLong(words[2]);
          default -> {}
        }
      }
    }
    return devices(byDevice);
  }

  /** Version 2: lines of {@code major:minor rbytes=… wbytes=… …}. */
  static List<DeviceBytes> devicesVersion2(Path group) throws IOException {
    Map<String, long[]> byDevice = new TreeMap<>();
    for (String line : CgroupFile.lines(group.resolve("io.stat"))) {
      String[] words = line.split(" ", -1);
      long[] bytes = byDevice.computeIfAbsent(words[0], device -> new long[2]);
      for (String word : words) {
        if (word.startsWith("rbytes=")) {
          bytes[0] += Long.parseLong(word.substring("rbytes=".length()));
        } else if (word.startsWith("wbytes=")) {
          bytes[1] += Long.parseLong(word.substring("wbytes=".length()));
        }
      }
    }
    return devices(byDevice);
  }

  private static List<DeviceBytes> devices(Map<String, long[]> byDevice) {
    List<DeviceBytes> devices = new ArrayList<>();
    byDevice.forEach(
        (device, bytes) -> {
          int colon = device.indexOf(':');
          devices.add(
              new DeviceBytes(
                  Integer.parseInt(device.substring(0, colon)),
                  Integer.parseInt(device.substring(colon + 1)),
                  bytes[0],
                  bytes[1]));
        });
    return devices;
  }
}
