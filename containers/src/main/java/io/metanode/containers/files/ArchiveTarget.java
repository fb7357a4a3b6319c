package io.metanode.containers.files;

import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.containers.spec.UserIds;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * A directory in a container into which an archive is unpacked, as {@code docker cp} does: names
 * lie below the directory, links on the way are followed within the container, what is there is
 * replaced, directories are merged.
 */
public final class ArchiveTarget {

  private static final long MOST_ID = 0xFFFF_FFFEL;
  private static final int LONGEST_NAME = 4096;

  private final FileView view;
  private final OpenFile directory;
  private final boolean keepsTypes;
  private final Optional<UserIds> owner;
  private final Map<List<String>, Instant> directories = new LinkedHashMap<>();

  /**
   * @param directory where names begin
   * @param keepsTypes whether a directory is never replaced by something else, nor the reverse
   * @param owner who owns all that is made, instead of whom the archive names
   */
  public ArchiveTarget(
      FileView view, OpenFile directory, boolean keepsTypes, Optional<UserIds> owner) {
    this.view = view;
    this.directory = directory;
    this.keepsTypes = keepsTypes;
    this.owner = owner;
  }

  void make(TarArchiveEntry entry, InputStream content, Map<String, byte[]> attributes)
      throws IOException {
    List<String> names = names(entry.getName());
    if (names.isEmpty()) {
      return; // the directory itself keeps what it has
    }
    String last = names.getLast();
    try (OpenFile parent =
        view.madeDirectory(directory.placeText(), names.subList(0, names.size() - 1))) {
      Entry made = new Entry(view, parent, last, entry);
      if (!parent.writable()) {
        throw made.failure(Constants.EROFS, "read-only file system");
      }
      boolean merged = clear(made, entry);
      try (OpenFile file =
          entry.isLink()
              ? made.link(view, names(entry.getLinkName()), directory)
              : made.create(content, merged)) {
        if (!entry.isLink()) {
          apply(file, entry, attributes);
        }
      }
    }
  }

  /** A name's components below the directory. */
  private List<String> names(String name) throws IOException {
    if (name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
      throw new ArchiveException("the archive has a name longer than " + LONGEST_NAME + " bytes");
    }
    List<String> names = new ArrayList<>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..") && !names.isEmpty()) {
        names.removeLast();
      } else if (part.equals("..") && !name.startsWith("/")) {
        throw new ArchiveException(
            "\"" + name + "\" is outside of \"" + directory.placeText() + "\"");
      } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
        names.add(part);
      }
    }
    return names;
  }

  /**
   * Removes what an entry replaces.
   *
   * @return whether a directory is there and stays
   */
  private boolean clear(Entry made, TarArchiveEntry entry) throws IOException {
    Optional<OpenFile> present = made.present();
    if (present.isEmpty()) {
      return false;
    }
    try (OpenFile file = present.get()) {
      boolean both = file.isDirectory() && entry.isDirectory();
      if (keepsTypes && file.isDirectory() != entry.isDirectory()) {
        String there = file.isDirectory() ? "directory" : "non-directory";
        String instead = file.isDirectory() ? "non-directory" : "directory";
        throw new IOException(
            "cannot overwrite %s \"%s\" with %s \"%s\""
                .formatted(there, file.placeText(), instead, directory.placeText()));
      }
      if (both) {
        return true;
      }
      if (view.holdsMount(file.place())) {
        throw made.failure(Constants.EBUSY, "device or resource busy");
      }
      made.remove(file);
      return false;
    }
  }

  private void apply(OpenFile file, TarArchiveEntry entry, Map<String, byte[]> attributes)
      throws IOException {
    long uid = owner.map(ids -> (long) ids.uid()).orElse(entry.getLongUserId());
    long gid = owner.map(ids -> (long) ids.gid()).orElse(entry.getLongGroupId());
    if (uid < 0 || gid < 0 || uid > MOST_ID || gid > MOST_ID) {
      throw new ArchiveException("the archive has an owner out of range: " + uid + ":" + gid);
    }
    var syscalls = file.syscalls();
    syscalls.changeOwner(file.fd(), (int) uid, (int) gid);
    Instant modified = entry.getLastModifiedTime().toInstant();
    if (!entry.isSymbolicLink()) {
      for (Map.Entry<String, byte[]> attribute : attributes.entrySet()) {
        Entry.attribute(file, attribute.getKey(), attribute.getValue());
      }
      syscalls.changeMode(file.fd(), entry.getMode() & 07777);
    }
    if (entry.isDirectory()) {
      directories.put(file.place(), modified);
    } else {
      syscalls.setTimes(file.fd(), modified.getEpochSecond(), modified.getNano());
    }
  }

  /** Dates the directories, once nothing is made in them any more. */
  void finish() throws IOException {
    for (List<String> place : List.copyOf(directories.keySet()).reversed()) {
      try (OpenFile file = view.open("/" + String.join("/", place), false)) {
        Instant modified = directories.getOrDefault(place, Instant.EPOCH);
        if (file.isDirectory() && file.writable()) {
          file.syscalls().setTimes(file.fd(), modified.getEpochSecond(), modified.getNano());
        }
      } catch (SyscallException e) {
        if (e.errno() != Constants.ENOENT) {
          throw e;
        }
      }
    }
  }

  /** Where the archive is unpacked, for messages. */
  public Path place() {
    return Path.of(directory.placeText());
  }
}
