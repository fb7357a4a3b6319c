package io.metanode.containers.build;

import io.metanode.containers.build.context.PathMatch;
import io.metanode.containers.build.context.SourceFile;
import io.metanode.containers.build.context.SourceTree;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.blob.Sha256;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an instruction copies.
 *
 * @param tree where it comes from
 * @param file one of the files chosen, links followed
 * @param name what it is called where it is copied into a directory
 * @param local whether it was sent with the context, so that {@code ADD} takes archives apart
 */
record Sources(SourceTree tree, SourceFile file, String name, boolean local) {

  /**
   * The files that a word of {@code COPY} or {@code ADD} chooses.
   *
   * @throws ApiException 400 in Docker's words if there are none
   */
  static List<Sources> choose(SourceTree tree, String keyword, String word)
      throws ApiException, IOException {
    String path = cleaned(keyword, word);
    List<Sources> chosen = new ArrayList<>();
    if (!PathMatch.isPattern(path)) {
      SourceFile file = tree.follow(path).orElseThrow(() -> missing(keyword, word));
      return List.of(new Sources(tree, file, path.substring(path.lastIndexOf('/') + 1), true));
    }
    Pattern pattern =
        PathMatch.compile(path)
            .orElseThrow(
                () -> ApiException.badRequest(keyword + " failed: syntax error in pattern"));
    match(tree, "", path.split("/", -1).length, pattern, chosen);
    if (chosen.isEmpty()) {
      throw ApiException.badRequest(keyword + " failed: no source files were specified");
    }
    return chosen;
  }

  private static void match(
      SourceTree tree, String directory, int depth, Pattern pattern, List<Sources> chosen)
      throws IOException {
    for (String name : tree.children(directory)) {
      String path = directory.isEmpty() ? name : directory + "/" + name;
      if (depth > 1) {
        if (tree.find(path).filter(SourceFile::isDirectory).isPresent()) {
          match(tree, path, depth - 1, pattern, chosen);
        }
      } else if (pattern.matcher(path).matches()) {
        Optional<SourceFile> file = tree.follow(path);
        file.ifPresent(found -> chosen.add(new Sources(tree, found, name, true)));
      }
    }
  }

  private static String cleaned(String keyword, String word) throws ApiException {
    List<String> components = new ArrayList<>();
    for (String part : word.split("/", -1)) {
      if (part.equals("..")) {
        if (components.isEmpty()) {
          throw ApiException.badRequest(
              keyword + " failed: forbidden path outside the build context: " + word + " ()");
        }
        components.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        components.add(part);
      }
    }
    return String.join("/", components);
  }

  private static ApiException missing(String keyword, String word) {
    return ApiException.badRequest(
        keyword
            + " failed: file not found in build context or excluded by .dockerignore: stat "
            + word
            + ": file does not exist");
  }

  /** {@code file:…}, {@code dir:…}, or {@code multi:…} for several: the digest of all of it. */
  static String digest(List<Sources> sources) throws IOException {
    if (sources.size() != 1) {
      MessageDigest hash = Sha256.start();
      for (Sources one : sources) {
        hash.update((one.name() + " " + one.digest() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return "multi:" + Digest.ofBytes(hash.digest()).hex();
    }
    return sources.getFirst().digest();
  }

  private String digest() throws IOException {
    MessageDigest hash = Sha256.start();
    add(hash, file, "", new HashMap<>());
    String kind = file.isDirectory() ? "dir:" : "file:";
    return kind + Digest.ofBytes(hash.digest()).hex();
  }

  /**
   * Times do not count, nor do owners, which are set anew.
   *
   * @param seen files with several names, by the first of them
   */
  private void add(
      MessageDigest hash, SourceFile source, String relative, Map<SourceFile.Inode, String> seen)
      throws IOException {
    StringBuilder line = new StringBuilder();
    line.append(Integer.toOctalString(source.mode())).append(' ').append(relative).append(' ');
    if (source.isFile()) {
      Optional<Digest> known = source.content();
      line.append(known.isPresent() ? known.get().hex() : content(source).hex());
      source
          .inode()
          .map(inode -> seen.putIfAbsent(inode, relative))
          .ifPresent(first -> line.append(" = ").append(first));
    } else if (source.isLink()) {
      line.append("-> ").append(Files.readSymbolicLink(source.file()));
    }
    hash.update(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    if (source.isDirectory()) {
      for (String child : tree.children(source.path())) {
        String path = source.path().isEmpty() ? child : source.path() + "/" + child;
        Optional<SourceFile> found = tree.find(path);
        if (found.isPresent()) {
          add(hash, found.get(), relative + "/" + child, seen);
        }
      }
    }
  }

  private static Digest content(SourceFile source) throws IOException {
    try (InputStream in = Files.newInputStream(source.file())) {
      return Sha256.of(in);
    }
  }
}
