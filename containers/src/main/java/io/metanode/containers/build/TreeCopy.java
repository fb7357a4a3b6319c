package io.metanode.containers.build;

import io.metanode.containers.build.context.SourceFile;
import io.metanode.containers.build.context.SourceTree;
import io.metanode.containers.image.layer.Whiteouts;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One source on its way to a destination. Names that stand for one file in it stand for one file
 * where they are copied to; of another copy's files they are independent.
 */
final class TreeCopy {

  private final Destination destination;
  private final SourceTree tree;
  private final Destination.Look look;
  private final Syscalls syscalls;
  private final Map<SourceFile.Inode, Path> copied = new HashMap<>();

  TreeCopy(Destination destination, SourceTree tree, Destination.Look look, Syscalls syscalls) {
    this.destination = destination;
    this.tree = tree;
    this.look = look;
    this.syscalls = syscalls;
  }

  /** Copies what is in a directory into another, which is made if it is missing. */
  void contents(SourceFile source, String path) throws IOException {
    destination.directory(path, look);
    for (String name : tree.children(source.path())) {
      Optional<SourceFile> child = tree.find(join(source.path(), name));
      if (child.isPresent()) {
        place(child.get(), join(path, name));
      }
    }
  }

  private static String join(String directory, String name) {
    return directory.isEmpty() ? name : directory + "/" + name;
  }

  /** Copies to a resolved path, whose directory is there. */
  void place(SourceFile source, String path) throws IOException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.startsWith(Whiteouts.PREFIX)) {
      throw new IOException(
          "cannot copy " + source.path() + ": a layer cannot hold a file named " + name);
    }
    Path target = destination.file(path);
    if (source.isDirectory()) {
      if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(target);
        Files.createDirectory(target);
      }
      apply(target, source);
      contents(source, path);
      setTimes(target, source);
      return;
    }
    DurableFiles.removeTree(target);
    if (isLinked(source, target)) {
      return;
    }
    switch (source.type()) {
      case Constants.S_IFLNK ->
          Files.createSymbolicLink(target, Files.readSymbolicLink(source.file()));
      case Constants.S_IFREG -> content(source, target);
      case Constants.S_IFIFO -> syscalls.makeNode(target, Constants.S_IFIFO | 0600, 0);
      default ->
          throw new IOException("cannot copy " + source.path() + ": it is a device or a socket");
    }
    apply(target, source);
    if (source.isFile() && !tree.isOwn()) {
      attributes(source, target);
    }
    setTimes(target, source);
  }

  /** Whether the file was copied by another of its names, and has this one now too. */
  private boolean isLinked(SourceFile source, Path target) throws IOException {
    if (source.inode().isEmpty()) {
      return false;
    }
    Path first = copied.putIfAbsent(source.inode().get(), target);
    if (first == null) {
      return false;
    }
    Files.createLink(target, first);
    return true;
  }

  /** A file that is the build's alone is linked: its bytes are there already. */
  private void content(SourceFile source, Path target) throws IOException {
    if (tree.isOwn() && syscalls.status(source.file()).links() == 1) {
      Files.createLink(target, source.file());
      return;
    }
    Files.copy(source.file(), target, LinkOption.NOFOLLOW_LINKS);
  }

  /** After the owner was set, which takes capabilities away. */
  private void attributes(SourceFile source, Path target) throws IOException {
    for (Map.Entry<String, byte[]> one : syscalls.extendedAttributes(source.file()).entrySet()) {
      if (one.getKey().startsWith("user.") || one.getKey().equals("security.capability")) {
        syscalls.setExtendedAttribute(target, one.getKey(), one.getValue());
      }
    }
  }

  private void apply(Path target, SourceFile source) throws IOException {
    int uid = look.keeps() ? source.uid() : look.uid();
    int gid = look.keeps() ? source.gid() : look.gid();
    syscalls.changeOwner(target, uid, gid);
    if (!source.isLink()) {
      syscalls.changeMode(target, look.mode().orElse(source.permissions()));
    }
  }

  private void setTimes(Path target, SourceFile source) throws IOException {
    long seconds = source.modifiedSeconds();
    syscalls.setTimes(target, seconds, 0, seconds, 0);
  }
}
