package io.metanode.containers.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** The shim's program, which travels as a resource. */
public final class ShimProgram {

  private static final String RESOURCE = "metanode-shim";

  private ShimProgram() {}

  /**
   * Puts the shim into a directory, unless it is there already, and returns its path. Shims that
   * run keep the program they started with.
   *
   * @throws IOException if this build has no shim for this machine, or it cannot be written
   */
  public static Path install(Path directory) throws IOException {
    byte[] program = read();
    Path target = directory.resolve(RESOURCE);
    if (Files.isExecutable(target) && Arrays.equals(Files.readAllBytes(target), program)) {
      return target;
    }
    Files.createDirectories(directory);
    Path fresh = Files.createTempFile(directory, RESOURCE, ".new");
    Files.write(fresh, program);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] read() throws IOException {
    try (InputStream resource = ShimProgram.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IOException(
            "this build holds no shim; build it with containers/src/main/c/build.sh, which needs"
                + " gcc and libc6-dev");
      }
      return resource.readAllBytes();
    }
  }
}
