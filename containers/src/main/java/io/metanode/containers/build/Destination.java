package io.metanode.containers.build;

import io.metanode.containers.build.context.ImageTree;
import io.metanode.containers.build.context.SourceFile;
import io.metanode.containers.build.context.SourceTree;
import io.metanode.containers.image.layer.LayerDraft;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where files are copied to: a layer in the making, seen together with the layers below it. Links
 * met on the way are followed as if the root were {@code /}; nothing is written outside of it.
 */
final class Destination {

  private static final int DIRECTORY_MODE = 0755;

  private final Path root;
  private final SourceTree merged;
  private final Syscalls syscalls;

  /**
   * @param lowers roots of the layers below, highest first
   */
  Destination(LayerDraft draft, List<Path> lowers, Syscalls syscalls) {
    this.root = draft.files();
    this.syscalls = syscalls;
    List<Path> stack = new ArrayList<>(lowers);
    stack.addFirst(root);
    this.merged = new ImageTree(stack, syscalls);
  }

  /** A directory by itself. */
  Destination(Path root, Syscalls syscalls) {
    this.root = root;
    this.syscalls = syscalls;
    this.merged = new ImageTree(List.of(root), syscalls);
  }

  /**
   * How what is copied is to be owned and read.
   *
   * @param uid the owner; the archive's own where {@code keeps}
   * @param mode of all files and directories; their own if empty
   * @param keeps whether owners are taken over
   */
  record Look(int uid, int gid, OptionalInt mode, boolean keeps) {}

  /** What a path stands for, links followed; components that do not exist stay as they are. */
  String resolve(String path) throws IOException {
    return merged.resolve(path);
  }

  /** What stands at a resolved path. */
  Optional<SourceFile> find(String path) throws IOException {
    return merged.find(path);
  }

  /** Makes a directory and those above it, where they are missing. */
  void directory(String path, Look look) throws IOException {
    for (int end = nextEnd(path, 0); end > 0; end = nextEnd(path, end + 1)) {
      String part = path.substring(0, end);
      Path own = root.resolve(part);
      if (Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      Optional<SourceFile> below = merged.find(part);
      if (below.isPresent() && !below.get().isDirectory()) {
        throw new IOException("cannot copy to non-directory: /" + part);
      }
      Files.createDirectory(own);
      if (below.isPresent()) {
        inherit(own, below.get());
      } else {
        int uid = look.keeps() ? 0 : look.uid();
        int gid = look.keeps() ? 0 : look.gid();
        syscalls.changeOwner(own, uid, gid);
        syscalls.changeMode(own, DIRECTORY_MODE);
      }
    }
  }

  private static int nextEnd(String path, int from) {
    if (from >= path.length()) {
      return -1;
    }
    int slash = path.indexOf('/', from);
    return slash < 0 ? path.length() : slash;
  }

  private void inherit(Path directory, SourceFile below) throws IOException {
    syscalls.changeOwner(directory, below.uid(), below.gid());
    for (Map.Entry<String, byte[]> one : syscalls.extendedAttributes(below.file()).entrySet()) {
      if (one.getKey().startsWith("user.")) {
        syscalls.setExtendedAttribute(directory, one.getKey(), one.getValue());
      }
    }
    syscalls.changeMode(directory, below.permissions());
  }

  /** Copies a file, a link, or a directory with all that is in it, to a resolved path. */
  void copy(SourceTree tree, SourceFile source, String path, Look look) throws IOException {
    int slash = path.lastIndexOf('/');
    directory(slash < 0 ? "" : path.substring(0, slash), look);
    new TreeCopy(this, tree, look, syscalls).place(source, path);
  }

  /** Copies what is in a directory into another, which is made if it is missing. */
  void copyContents(SourceTree tree, SourceFile source, String path, Look look) throws IOException {
    new TreeCopy(this, tree, look, syscalls).contents(source, path);
  }

  /** Where a resolved path lies on this host, once it was made. */
  Path file(String path) {
    return root.resolve(path);
  }
}
