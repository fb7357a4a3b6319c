package io.metanode.containers.build.context;

import io.metanode.containers.sys.Constants;
import io.metanode.foundation.Digest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Something that can be copied.
 *
 * @param path where it stands in its tree, relative, with {@code /}; empty for the root
 * @param file where it lies on this host
 * @param mode type and permissions, as {@code lstat} gives them
 * @param uid who owns it, in its own tree
 * @param gid the group that does
 * @param modifiedSeconds since 1970
 * @param size in bytes, of a file
 * @param content the digest of a file's bytes, if it is known already
 * @param inode of a file that has several names; empty otherwise
 */
public record SourceFile(
    String path,
    Path file,
    int mode,
    int uid,
    int gid,
    long modifiedSeconds,
    long size,
    Optional<Digest> content,
    Optional<Inode> inode) {

  /**
   * What names of one file in one tree have in common.
   *
   * @param layer that the file is of, from the highest; 0 in a tree without layers
   * @param number that the file system gave it
   */
  public record Inode(int layer, long number) {}

  /** A file that has one name, or something else than a file. */
  public SourceFile(
      String path,
      Path file,
      int mode,
      int uid,
      int gid,
      long modifiedSeconds,
      long size,
      Optional<Digest> content) {
    this(path, file, mode, uid, gid, modifiedSeconds, size, content, Optional.empty());
  }

  /** The same file, one of whose names this is. */
  public SourceFile shared(Inode inode) {
    return at(path, file, Optional.of(inode));
  }

  /** Another name of the same file. */
  public SourceFile at(String otherPath, Path otherFile) {
    return at(otherPath, otherFile, inode);
  }

  private SourceFile at(String where, Path lies, Optional<Inode> shared) {
    return new SourceFile(where, lies, mode, uid, gid, modifiedSeconds, size, content, shared);
  }

  public int type() {
    return mode & Constants.S_IFMT;
  }

  public boolean isDirectory() {
    return type() == Constants.S_IFDIR;
  }

  public boolean isLink() {
    return type() == Constants.S_IFLNK;
  }

  public boolean isFile() {
    return type() == Constants.S_IFREG;
  }

  public int permissions() {
    return mode & 07777;
  }

  /** The last component of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
