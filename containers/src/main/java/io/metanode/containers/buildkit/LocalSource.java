package io.metanode.containers.buildkit;

import io.metanode.containers.build.BuildSource;
import io.metanode.containers.build.context.BuildContext;
import io.metanode.containers.build.context.IgnorePatterns;
import io.metanode.containers.build.context.SourceFile;
import io.metanode.containers.build.dockerfile.Dockerfile;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A client's directories: one with the Dockerfile, and one that is the context, of which the client
 * sends what is not ignored.
 */
final class LocalSource implements BuildSource {

  private static final String IGNORE = ".dockerignore";

  private final Session session;
  private final FrontendOptions options;
  private final Syscalls syscalls;
  private final UnpackLimits limits;
  private final Progress progress;
  private final List<BuildContext> received = new ArrayList<>();
  private Optional<String> ignored = Optional.empty();

  LocalSource(
      Session session,
      FrontendOptions options,
      Syscalls syscalls,
      UnpackLimits limits,
      Progress progress) {
    this.session = session;
    this.options = options;
    this.syscalls = syscalls;
    this.limits = limits;
    this.progress = progress;
  }

  @Override
  public byte[] dockerfile(Path home) throws ApiException, IOException {
    String path = options.dockerfile();
    progress.open("[internal] load build definition from " + path);
    List<String> names = new ArrayList<>(List.of(path, path + IGNORE));
    String name = path.substring(path.lastIndexOf('/') + 1);
    String small = path.substring(0, path.length() - name.length()) + name.toLowerCase(Locale.ROOT);
    if (name.equals("Dockerfile")) {
      names.add(small);
    }
    BuildContext files =
        fetch(options.dockerfileDirectory(), "followpaths", names, home.resolve("dockerfile"));
    ignored = text(files, path + IGNORE);
    Optional<String> text = text(files, path);
    if (text.isEmpty() && name.equals("Dockerfile")) {
      text = text(files, small);
    }
    String found =
        text.orElseThrow(
            () ->
                ApiException.notFound(
                    "failed to read dockerfile: open " + path + ": no such file or directory"));
    Syntax.check(found, options.syntax());
    progress.complete("");
    return found.getBytes(StandardCharsets.UTF_8);
  }

  private Optional<String> text(BuildContext files, String path) throws ApiException, IOException {
    Optional<SourceFile> file = files.follow(path).filter(SourceFile::isFile);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    if (file.get().size() > MOST_DOCKERFILE_BYTES) {
      throw ApiException.badRequest(path + " is larger than " + MOST_DOCKERFILE_BYTES + " bytes");
    }
    return Optional.of(Files.readString(file.get().file()));
  }

  @Override
  public BuildContext context(Path home, Dockerfile dockerfile) throws ApiException, IOException {
    String directory = options.contextDirectory();
    if (ignored.isEmpty()) {
      progress.open("[internal] load .dockerignore");
      BuildContext files = fetch(directory, "followpaths", List.of(IGNORE), home.resolve("ignore"));
      ignored = text(files, IGNORE);
    }
    IgnorePatterns patterns = IgnorePatterns.parse(ignored.orElse(""));
    progress.open("[internal] load build context");
    BuildContext context =
        fetch(directory, "exclude-patterns", patterns.texts(), home.resolve("context"));
    progress.complete("");
    return context.without(patterns);
  }

  private BuildContext fetch(String directory, String option, List<String> values, Path root)
      throws ApiException, IOException {
    Map<String, List<String>> asked = values.isEmpty() ? Map.of() : Map.of(option, values);
    BuildContext files =
        FileSync.fetch(session, directory, asked, root, syscalls, limits, progress);
    received.add(files);
    return files;
  }

  @Override
  public void close() throws IOException {
    for (BuildContext files : received) {
      files.close();
    }
  }
}
