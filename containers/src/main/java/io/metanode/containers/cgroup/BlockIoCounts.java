package io.metanode.containers.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes a group moved to and from block devices. */
record BlockIoCounts(long readBytes, long writeBytes) {

  static final BlockIoCounts NONE = new BlockIoCounts(0, 0);

  /** Version 1: lines of {@code major:minor Operation bytes}. */
  static BlockIoCounts version1(Path group) throws IOException {
    Path recursive = group.resolve("blkio.throttle.io_service_bytes_recursive");
    Path file =
        Files.exists(recursive) ? recursive : group.resolve("blkio.throttle.io_service_bytes");
    long read = 0;
    long write = 0;
    for (String line : CgroupFile.lines(file)) {
      String[] words = line.split(" ", -1);
      if (words.length == 3 && words[1].equals("Read")) {
        read += Long.parseLong(words[2]);
      } else if (words.length == 3 && words[1].equals("Write")) {
        write += Long.parseLong(words[2]);
      }
    }
    return new BlockIoCounts(read, write);
  }

  /** Version 2: lines of {@code major:minor rbytes=… wbytes=… …}. */
  static BlockIoCounts version2(Path group) throws IOException {
    long read = 0;
    long write = 0;
    for (String line : CgroupFile.lines(group.resolve("io.stat"))) {
      for (String word : line.split(" ", -1)) {
        if (word.startsWith("rbytes=")) {
          read += Long.parseLong(word.substring("rbytes=".length()));
        } else if (word.startsWith("wbytes=")) {
          write += Long.parseLong(word.substring("wbytes=".length()));
        }
      }
    }
    return new BlockIoCounts(read, write);
  }
}
