package io.metanode.containers.buildkit;

import io.metanode.containers.build.BuildSource;
import io.metanode.containers.build.context.BuildContext;
import io.metanode.containers.build.context.IgnorePatterns;
import io.metanode.containers.build.context.SourceFile;
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
import java.util.TreeMap;

/**
 * A client's directories: one with the Dockerfile, and one that is the context, of which the client
 * sends what is not ignored.
 */
final class LocalSource implements BuildSource {

  private static final String IGNORE = ".dockerignore";

  /** Paths of which the client sends what they are, links followed, and no more. */
  private static final String FOLLOWED = "followpaths";

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
        fetch(options.dockerfileDirectory(), Map.of(FOLLOWED, names), home.resolve("dockerfile"));
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
  public BuildContext context(Path home, Optional<List<String>> named)
      throws ApiException, IOException {
    if (named.filter(List::isEmpty).isPresent()) {
      return BuildContext.empty(home.resolve("context"));
    }
    String directory = options.contextDirectory();
    if (ignored.isEmpty()) {
      progress.open("[internal] load .dockerignore");
      Map<String, List<String>> asked = Map.of(FOLLOWED, List.of(IGNORE));
      BuildContext files = fetch(directory, asked, home.resolve("ignore"));
      ignored = text(files, IGNORE);
    }
    IgnorePatterns patterns = IgnorePatterns.parse(ignored.orElse(""));
    progress.open("[internal] load build context");
    Map<String, List<String>> asked = new TreeMap<>();
    asked.put("exclude-patterns", patterns.texts());
    named.ifPresent(paths -> asked.put(FOLLOWED, paths));
    BuildContext context = fetch(directory, asked, home.resolve("context"));
    progress.complete("");
    return context.without(patterns);
  }

  private BuildContext fetch(String directory, Map<String, List<String>> asked, Path root)
      throws ApiException, IOException {
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
