package io.metanode.containers.buildkit;

import io.metanode.containers.build.context.BuildContext;
import io.metanode.containers.build.context.SourceFile;
import io.metanode.containers.buildkit.wire.Stat;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.blob.Sha256;
import io.metanode.containers.image.layer.Budget;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A tree as fsutil's packets describe it, made on disk. What is where is known from the packets
 * alone: a file beneath anything but a directory named before is refused, so nothing is written
 * through a link.
 */
final class ReceivedTree {

  private static final long NANOS = 1_000_000_000L;

  private final Path root;
  private final Syscalls syscalls;
  private final UnpackLimits limits;
  private final Budget budget;
  private final NavigableMap<String, SourceFile> files = new TreeMap<>();
  private final Map<String, String> links = new HashMap<>();
  private long announced;

  /**
   * @param root a directory that does not exist yet
   */
  ReceivedTree(Path root, Syscalls syscalls, UnpackLimits limits) throws IOException {
    this.root = Files.createDirectory(root);
    this.syscalls = syscalls;
    this.limits = limits;
    budget = new Budget(limits, root);
  }

  /**
   * Takes up what is at a path.
   *
   * @return the file to ask the content of; empty for what has none
   */
  Optional<SourceFile> add(Stat stat) throws ApiException, IOException {
    String path = checked(stat.getPath());
    if (files.size() + links.size() >= limits.mostEntries()) {
      throw refused("the context has more than " + limits.mostEntries() + " files");
    }
    int kind = stat.getMode() & GoMode.TYPES;
    try {
      Path file = root.resolve(path);
      if (kind == GoMode.DIRECTORY) {
        Files.createDirectory(file);
        put(stat, file, Constants.S_IFDIR);
      } else if (kind == GoMode.LINK) {
        Files.createSymbolicLink(file, Path.of(stat.getLinkname()));
        put(stat, file, Constants.S_IFLNK);
      } else if (kind == GoMode.FIFO) {
        syscalls.makeNode(file, Constants.S_IFIFO | 0600, 0);
        put(stat, file, Constants.S_IFIFO);
      } else if (kind == 0 && !stat.getLinkname().isEmpty()) {
        links.put(path, stat.getLinkname());
      } else if (kind == 0) {
        announce(stat);
        return Optional.of(put(stat, file, Constants.S_IFREG));
      }
      // Devices and sockets: a build cannot copy them.
      return Optional.empty();
    } catch (InvalidPathException e) {
      throw refused("the context has a name that cannot be a file's: " + e.getReason());
    }
  }

  private static ApiException refused(String why) {
    return ApiException.badRequest("the files the client sent: " + why);
  }

  private void announce(Stat stat) throws ApiException {
    if (stat.getSize() < 0 || stat.getSize() > limits.mostBytes() - announced) {
      throw refused("they are more than " + limits.mostBytes() + " bytes");
    }
    announced += stat.getSize();
  }

  private SourceFile put(Stat stat, Path file, int type) {
    int permissions = GoMode.permissions(stat.getMode());
    SourceFile entry =
        new SourceFile(
            stat.getPath(),
            file,
            type | (type == Constants.S_IFLNK ? 0777 : permissions),
            stat.getUid(),
            stat.getGid(),
            Math.floorDiv(stat.getModTime(), NANOS),
            type == Constants.S_IFREG ? stat.getSize() : 0,
            Optional.empty());
    files.put(stat.getPath(), entry);
    return entry;
  }

  private String checked(String path) throws ApiException {
    if (path.isEmpty() || path.startsWith("/") || path.length() > limits.mostPathBytes()) {
      throw refused("\"" + shortened(path) + "\" is not the path of a file in the directory");
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0) {
        throw refused("\"" + shortened(path) + "\" is not the path of a file in the directory");
      }
    }
    if (files.containsKey(path) || links.containsKey(path)) {
      throw refused("\"" + shortened(path) + "\" comes twice");
    }
    int slash = path.lastIndexOf('/');
    SourceFile parent = slash < 0 ? null : files.get(path.substring(0, slash));
    if (slash >= 0 && (parent == null || !parent.isDirectory())) {
      throw refused("\"" + shortened(path) + "\" lies beneath what is no directory");
    }
    return path;
  }

  private static String shortened(String path) {
    String plain = path.replace('\0', '?');
    return plain.length() > 200 ? plain.substring(0, 200) + "…" : plain;
  }

  /** Where a file's content goes; closing it says that it is complete. */
  Content write(SourceFile file) throws IOException {
    return new Content(file);
  }

  /** The tree, its hard links made. */
  BuildContext finish() throws ApiException, IOException {
    for (Map.Entry<String, String> link : new TreeMap<>(links).entrySet()) {
      SourceFile target = files.get(link.getValue());
      if (target == null || !target.isFile()) {
        throw refused("hard link " + link.getKey() + " to " + link.getValue() + ": no such file");
      }
      Path file = Files.createLink(root.resolve(link.getKey()), target.file());
      SourceFile shared = target.shared(new SourceFile.Inode(0, syscalls.status(file).inode()));
      files.put(target.path(), shared);
      files.put(link.getKey(), shared.at(link.getKey(), file));
    }
    return new BuildContext(root, files);
  }

  /** A file that is being received. */
  final class Content {

    private final SourceFile file;
    private final OutputStream out;
    private final MessageDigest hash = Sha256.start();
    private long size;

    private Content(SourceFile file) throws IOException {
      this.file = file;
      this.out =
          Files.newOutputStream(
              file.file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void add(byte[] bytes) throws ApiException, IOException {
      size += bytes.length;
      if (size > file.size()) {
        throw lied();
      }
      budget.write(bytes.length);
      out.write(bytes);
      hash.update(bytes);
    }

    private ApiException lied() {
      return refused(
          "\""
              + file.path()
              + "\" was said to have "
              + file.size()
              + " bytes and has "
              + (size > file.size() ? "more" : "" + size)
              + ": it changed while it was read; build again");
    }

    /** All of it has come. */
    void end() throws ApiException, IOException {
      out.close();
      if (size != file.size()) {
        throw lied();
      }
      files.put(
          file.path(),
          new SourceFile(
              file.path(),
              file.file(),
              file.mode(),
              file.uid(),
              file.gid(),
              file.modifiedSeconds(),
              size,
              Optional.of(Digest.ofBytes(hash.digest()))));
    }

    void abandon() throws IOException {
      out.close();
    }
  }
}
