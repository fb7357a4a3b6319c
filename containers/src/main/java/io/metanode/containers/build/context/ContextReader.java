package io.metanode.containers.build.context;

import io.metanode.containers.image.blob.Sha256;
import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.containers.image.layer.Budget;
import io.metanode.containers.image.layer.HeaderTap;
import io.metanode.containers.image.layer.InflatedStream;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Digest;
import io.metanode.foundation.DurableFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks the archive of a build's context, or one that {@code ADD} takes apart. What is where is
 * known from the archive alone: an entry beneath a link, or beneath a file, is refused, so nothing
 * is written through one.
 */
public final class ContextReader {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path root;
  private final Syscalls syscalls;
  private final Budget budget;
  private final boolean lenient;
  private int uid;
  private int gid;
  private final NavigableMap<String, SourceFile> files = new TreeMap<>();

  private ContextReader(Path root, Syscalls syscalls, UnpackLimits limits, boolean lenient) {
    this.root = root;
    this.syscalls = syscalls;
    this.lenient = lenient;
    budget = new Budget(limits, root);
  }

  /**
   * Unpacks what {@code ADD} takes apart.
   *
   * @param root a directory that does not exist yet; on failure nothing of it is left
   * @throws ArchiveException if the archive is malformed, hostile, or larger than the limits
   */
  public static BuildContext read(
      InputStream archive, Path root, Syscalls syscalls, UnpackLimits limits) throws IOException {
    return read(archive, root, syscalls, limits, false);
  }

  /**
   * Unpacks a context as {@link #read} does, and as Docker does, the names of whose entries are
   * taken from the root: {@code ../a} is {@code a}.
   */
  public static BuildContext sent(
      InputStream archive, Path root, Syscalls syscalls, UnpackLimits limits) throws IOException {
    return read(archive, root, syscalls, limits, true);
  }

  private static BuildContext read(
      InputStream archive, Path root, Syscalls syscalls, UnpackLimits limits, boolean lenient)
      throws IOException {
    Files.createDirectories(root);
    try (InflatedStream inflated = InflatedStream.unhashed(archive, limits)) {
      ContextReader reader = new ContextReader(root, syscalls, limits, lenient);
      reader.entries(inflated);
      inflated.drain();
      return new BuildContext(root, reader.files);
    } catch (InvalidPathException e) {
      DurableFiles.removeTree(root);
      throw new ArchiveException("the archive has a name that cannot be a file's", e);
    } catch (IllegalArgumentException e) {
      DurableFiles.removeTree(root);
      throw new ArchiveException("malformed archive: " + e.getMessage(), e);
    } catch (IOException e) {
      DurableFiles.removeTree(root);
      throw e;
    }
  }

  private void entries(InputStream inflated) throws IOException {
    PaddedStream padded = new PaddedStream(new BufferedInputStream(inflated, BUFFER_BYTES));
    TarArchiveInputStream tar = new TarArchiveInputStream(padded, "UTF-8");
    boolean empty = true;
    for (TarArchiveEntry entry = HeaderTap.entry(tar);
        entry != null;
        entry = HeaderTap.entry(tar)) {
      empty = false;
      budget.entry(entry.getName());
      String path = path(entry.getName());
      if (!path.isEmpty()) {
        makeDirectories(path);
        put(path, entry, tar);
      }
      if (tar.getBytesRead() > padded.length()) {
        throw new ArchiveException("malformed archive: " + path + " is cut short");
      }
    }
    if (empty && padded.length() % 512 != 0) {
      throw new ArchiveException("malformed archive: unexpected end");
    }
  }

  private String path(String name) throws ArchiveException {
    List<String> components = new ArrayList<>();
    for (String part : name.split("/", -1)) {
      boolean up = part.equals("..");
      if (up && !lenient) {
        throw new ArchiveException("\"" + name + "\" is outside of the archive's root");
      }
      if (part.indexOf('\0') >= 0) {
        throw new ArchiveException("the archive has a name with a zero byte");
      }
      if (up && !components.isEmpty()) {
        components.removeLast();
      } else if (!up && !part.isEmpty() && !part.equals(".")) {
        components.add(part);
      }
    }
    return String.join("/", components);
  }

  private void makeDirectories(String path) throws IOException {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      String parent = path.substring(0, slash);
      SourceFile there = files.get(parent);
      if (there == null) {
        Path directory = Files.createDirectory(root.resolve(parent));
        add(parent, directory, Constants.S_IFDIR | 0755, 0, 0, Optional.empty());
      } else if (!there.isDirectory()) {
        throw new ArchiveException(
            "\"" + path + "\" lies beneath \"" + parent + "\", which is no directory");
      }
    }
  }

  private void put(String path, TarArchiveEntry entry, InputStream content) throws IOException {
    uid = owner(entry.getLongUserId());
    gid = owner(entry.getLongGroupId());
    Path file = root.resolve(path);
    SourceFile before = files.get(path);
    if (before != null && !(before.isDirectory() && entry.isDirectory())) {
      DurableFiles.removeTree(file);
      files.remove(path);
      files.subMap(path + "/", true, path + "/\uFFFF", true).clear();
    }
    int permissions = entry.getMode() & 07777;
    long modified = entry.getLastModifiedTime().toInstant().getEpochSecond();
    if (entry.isDirectory()) {
      if (before == null || !before.isDirectory()) {
        Files.createDirectory(file);
      }
      add(path, file, Constants.S_IFDIR | permissions, modified, 0, Optional.empty());
    } else if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      add(path, file, Constants.S_IFLNK | 0777, modified, 0, Optional.empty());
    } else if (entry.isLink()) {
      link(path, file, entry);
    } else if (entry.isFIFO()) {
      syscalls.makeNode(file, Constants.S_IFIFO | 0600, 0);
      add(path, file, Constants.S_IFIFO | permissions, modified, 0, Optional.empty());
    } else if (entry.isCharacterDevice() || entry.isBlockDevice()) {
      throw new ArchiveException("\"" + path + "\" is a device, which a build cannot copy");
    } else if (entry.isFile()) {
      Digest digest = write(file, entry.getRealSize(), content);
      int mode = Constants.S_IFREG | permissions;
      add(path, file, mode, modified, entry.getRealSize(), Optional.of(digest));
    } else {
      throw new ArchiveException(
          "the archive has an entry of unknown type " + (char) entry.getLinkFlag());
    }
  }

  private static int owner(long id) throws ArchiveException {
    if (id < 0 || id > 0xFFFF_FFFEL) {
      throw new ArchiveException("the archive has an owner out of range: " + id);
    }
    return (int) id;
  }

  private void link(String path, Path file, TarArchiveEntry entry) throws IOException {
    SourceFile target = files.get(path(entry.getLinkName()));
    if (target == null || !target.isFile()) {
      throw new ArchiveException(
          "hard link " + path + " to " + entry.getLinkName() + ": no such file");
    }
    Files.createLink(file, target.file());
    SourceFile shared = target.shared(new SourceFile.Inode(0, syscalls.status(file).inode()));
    files.put(target.path(), shared);
    files.put(path, shared.at(path, file));
  }

  private void add(
      String path, Path file, int mode, long modified, long size, Optional<Digest> content) {
    files.put(path, new SourceFile(path, file, mode, uid, gid, modified, size, content));
  }

  private Digest write(Path file, long size, InputStream content) throws IOException {
    budget.file(size);
    MessageDigest hash = Sha256.start();
    byte[] buffer = new byte[Math.clamp(size, 1, BUFFER_BYTES)];
    long written = 0;
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int n = content.read(buffer); n > 0; n = content.read(buffer)) {
        budget.write(n);
        out.write(buffer, 0, n);
        hash.update(buffer, 0, n);
        written += n;
      }
    }
    if (written != size) {
      throw new ArchiveException("malformed archive: " + file.getFileName() + " is cut short");
    }
    return Digest.ofBytes(hash.digest());
  }
}
