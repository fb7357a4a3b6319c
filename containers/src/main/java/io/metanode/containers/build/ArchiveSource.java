package io.metanode.containers.build;

import io.metanode.containers.build.context.BuildContext;
import io.metanode.containers.build.context.ContextReader;
import io.metanode.containers.build.context.IgnorePatterns;
import io.metanode.containers.build.context.SourceFile;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A tar archive, compressed or not, that has the Dockerfile and the context in it. */
public final class ArchiveSource implements BuildSource {

  private final InputStream archive;
  private final String path;
  private final Syscalls syscalls;
  private final UnpackLimits limits;
  private Optional<BuildContext> sent = Optional.empty();

  /**
   * @param path where the Dockerfile is in it
   */
  public ArchiveSource(InputStream archive, String path, Syscalls syscalls, UnpackLimits limits) {
    this.archive = archive;
    this.path = path;
    this.syscalls = syscalls;
    this.limits = limits;
  }

  private BuildContext sent(Path home) throws IOException {
    if (sent.isEmpty()) {
      sent = Optional.of(ContextReader.sent(archive, home.resolve("context"), syscalls, limits));
    }
    return sent.get();
  }

  @Override
  public byte[] dockerfile(Path home) throws ApiException, IOException {
    Optional<SourceFile> file = sent(home).follow(path).filter(SourceFile::isFile);
    if (file.isEmpty() && path.equals("Dockerfile")) {
      file = sent(home).follow("dockerfile").filter(SourceFile::isFile);
    }
    if (file.isEmpty()) {
      throw ApiException.badRequest("Cannot locate specified Dockerfile: " + path);
    }
    if (file.get().size() > MOST_DOCKERFILE_BYTES) {
      throw ApiException.badRequest(
          "the Dockerfile is larger than " + MOST_DOCKERFILE_BYTES + " bytes");
    }
    return Files.readAllBytes(file.get().file());
  }

  @Override
  public BuildContext context(Path home, Optional<List<String>> named)
      throws ApiException, IOException {
    return sent(home).without(ignored(sent(home)));
  }

  /** What a file beside the Dockerfile says, else what the one at the root says. */
  private IgnorePatterns ignored(BuildContext context) throws ApiException, IOException {
    for (String name : List.of(path + ".dockerignore", ".dockerignore")) {
      Optional<SourceFile> file = context.follow(name).filter(SourceFile::isFile);
      if (file.isPresent() && file.get().size() <= MOST_DOCKERFILE_BYTES) {
        return IgnorePatterns.parse(Files.readString(file.get().file()));
      }
    }
    return IgnorePatterns.NONE;
  }

  @Override
  public void close() throws IOException {
    if (sent.isPresent()) {
      sent.get().close();
    }
  }
}
