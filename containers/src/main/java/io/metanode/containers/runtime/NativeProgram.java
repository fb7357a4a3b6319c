package io.metanode.containers.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** The programs in C, which travel as resources. */
public enum NativeProgram {
  /** Holds one process of a container. */
  SHIM("metanode-shim"),
  /** The first process of a container that asks for {@code --init}. */
  INIT("metanode-init");

  private final String resource;

  NativeProgram(String resource) {
    this.resource = resource;
  }

  /**
   * Puts the program into a directory, unless it is there already, and returns its path. Processes
   * keep the program they started with.
   *
   * @throws IOException if this build does not hold it, or it cannot be written
   */
  public Path install(Path directory) throws IOException {
    byte[] program = read();
    Path target = directory.resolve(resource);
    if (Files.isExecutable(target) && Arrays.equals(Files.readAllBytes(target), program)) {
      return target;
    }
    Files.createDirectories(directory);
    Path fresh = Files.createTempFile(directory, resource, ".new");
    Files.write(fresh, program);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private byte[] read() throws IOException {
    try (InputStream in = NativeProgram.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(
            "this build holds no "
                + resource
                + "; build it with containers/src/main/c/build.sh, which needs"
                + " gcc and libc6-dev");
      }
      return in.readAllBytes();
    }
  }
}
