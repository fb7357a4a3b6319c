package io.metanode.containers.build;

import io.metanode.containers.build.context.BuildContext;
import io.metanode.containers.http.ApiException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the Dockerfile and the context of a build come from. Closing it removes their files. */
public interface BuildSource extends AutoCloseable {

  int MOST_DOCKERFILE_BYTES = 4 << 20;

  /**
   * The text of the Dockerfile.
   *
   * @param home the build's own directory
   */
  byte[] dockerfile(Path home) throws ApiException, IOException;

  /**
   * The files that may be copied, those that are ignored not among them.
   *
   * @param named the paths that are, if no others are; patterns among them
   */
  BuildContext context(Path home, Optional<List<String>> named) throws ApiException, IOException;

  /** Where it was fetched from; empty if the client sent it. */
  default Optional<String> address() {
    return Optional.empty();
  }

  @Override
  void close() throws IOException;
}
