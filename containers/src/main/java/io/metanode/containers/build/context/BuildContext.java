package io.metanode.containers.build.context;

import io.metanode.containers.image.blob.Sha256;
import io.metanode.containers.sys.Constants;
import io.metanode.foundation.Digest;
import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files a client sent for a build, in a directory of the build's own. Closing it removes them.
 */
public final class BuildContext implements SourceTree, AutoCloseable {

  private final Path root;
  private final NavigableMap<String, SourceFile> files;

  /**
   * @param files by their paths, the root not among them
   */
  public BuildContext(Path root, NavigableMap<String, SourceFile> files) {
    this.root = root;
    this.files = files;
  }

  /** A context without files. */
  public static BuildContext empty(Path root) {
    return new BuildContext(root, new TreeMap<>());
  }

  /** The same without what patterns exclude; files they keep bring their directories. */
  public BuildContext without(IgnorePatterns patterns) {
    if (patterns.isEmpty()) {
      return this;
    }
    NavigableMap<String, SourceFile> kept = new TreeMap<>();
    files.forEach(
        (path, file) -> {
          if (!patterns.excludes(path)) {
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
              String parent = path.substring(0, slash);
              SourceFile directory = files.get(parent);
              if (directory != null) {
                kept.putIfAbsent(parent, directory);
              }
            }
            kept.put(path, file);
          }
        });
    return new BuildContext(root, kept);
  }

  @Override
  public Optional<SourceFile> find(String path) {
    if (path.isEmpty()) {
      return Optional.of(
          new SourceFile("", root, Constants.S_IFDIR | 0755, 0, 0, 0, 0, Optional.empty()));
    }
    return Optional.ofNullable(files.get(path));
  }

  @Override
  public List<String> children(String path) {
    String prefix = path.isEmpty() ? "" : path + "/";
    TreeSet<String> names = new TreeSet<>();
    for (String child : files.tailMap(prefix, true).keySet()) {
      if (!child.startsWith(prefix)) {
        break;
      }
      String rest = child.substring(prefix.length());
      if (!rest.isEmpty() && rest.indexOf('/') < 0) {
        names.add(rest);
      }
    }
    return List.copyOf(names);
  }

  /** All paths, sorted. */
  public List<String> paths() {
    return new ArrayList<>(files.keySet());
  }

  @Override
  public boolean isOwn() {
    return true;
  }

  /**
   * The digest of the context: SHA-256 over a line for each file, in the order of their paths as
   * UTF-16, {@code <mode, octal> <sha256 of the content, or -> <length of the path> <path>[ ->
   * <link's target>]\n}. Times and owners do not count.
   */
  public Digest digest() throws IOException {
    MessageDigest hash = Sha256.start();
    for (Map.Entry<String, SourceFile> entry : files.entrySet()) {
      SourceFile file = entry.getValue();
      StringBuilder line = new StringBuilder();
      line.append(Integer.toOctalString(file.mode())).append(' ');
      line.append(file.content().map(Digest::hex).orElse("-")).append(' ');
      line.append(entry.getKey().length()).append(' ').append(entry.getKey());
      if (file.isLink()) {
        line.append(" -> ").append(Files.readSymbolicLink(file.file()));
      }
      hash.update(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }
    return Digest.ofBytes(hash.digest());
  }

  @Override
  public void close() throws IOException {
    DurableFiles.removeTree(root);
  }
}
