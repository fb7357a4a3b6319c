package io.metanode.containers.bundle;

import io.metanode.containers.http.ApiException;
import java.nio.file.Path;

/** Paths as clients write them. */
final class Paths {

  private Paths() {}

  /** Without {@code .}, {@code ..}, doubled and trailing slashes; empty stays empty. */
  static String clean(String path) {
    return path.isEmpty() || path.indexOf('\0') >= 0 ? "" : Path.of(path).normalize().toString();
  }

  /**
   * @throws ApiException 400 in Docker's words if it cannot be mounted on
   */
  static void checkDestination(String path) throws ApiException {
    if (!path.startsWith("/")) {
      throw ApiException.badRequest(
          "invalid mount path: '" + path + "' mount path must be absolute");
    }
    if (path.equals("/")) {
      throw ApiException.badRequest("invalid specification: destination can't be '/'");
    }
  }
}
