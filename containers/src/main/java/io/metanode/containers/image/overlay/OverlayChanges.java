package io.metanode.containers.image.overlay;

import io.metanode.containers.image.Snapshot.Change;
import io.metanode.containers.image.layer.Whiteouts;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.sys.Syscalls.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the upper directory of an overlay changes, as {@code docker diff} tells it: a file differs
 * by mode, owner, device, time, length or capabilities; a directory by mode or owner, and by
 * anything changed in it.
 */
final class OverlayChanges {

  private static final int MODIFIED = 0;
  private static final int ADDED = 1;
  private static final int DELETED = 2;
  private static final String CAPABILITY = "security.capability";

  private final Path upper;
  private final LayerStack lowers;
  private final Syscalls syscalls;
  private final List<Change> changes = new ArrayList<>();

  private OverlayChanges(Path upper, LayerStack lowers, Syscalls syscalls) {
    this.upper = upper;
    this.lowers = lowers;
    this.syscalls = syscalls;
  }

  /**
   * @param lowers the layers below, highest first
   */
  static List<Change> of(Path upper, List<Path> lowers, Syscalls syscalls) throws IOException {
    OverlayChanges walk = new OverlayChanges(upper, new LayerStack(lowers, syscalls), syscalls);
    walk.children(upper, Path.of(""), true, false);
    return walk.changes.stream().sorted(Comparator.comparing(Change::path)).toList();
  }

  /**
   * @param merged whether what lies below the directory shows through
   * @param replaced whether a directory below was replaced whole
   */
  private void children(Path directory, Path relative, boolean merged, boolean replaced)
      throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      for (Path child : (Iterable<Path>) children::iterator) {
        entry(child, relative.resolve(child.getFileName()), merged || replaced);
      }
    }
    if (replaced) {
      for (String name : lowers.children(relative)) {
        if (!Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
          add(DELETED, relative.resolve(name));
        }
      }
    }
  }

  private void entry(Path path, Path relative, boolean compare) throws IOException {
    FileStatus now = syscalls.status(path);
    Optional<Path> below = compare ? lowers.find(relative) : Optional.empty();
    if (Whiteouts.isWhiteout(now)) {
      if (below.isPresent()) {
        add(DELETED, relative);
      }
      return;
    }
    FileStatus before = below.isPresent() ? syscalls.status(below.get()) : null;
    if (before == null) {
      add(ADDED, relative);
    } else if (differs(now, before, path, below.get())) {
      add(MODIFIED, relative);
    }
    if (isDirectory(now)) {
      inside(path, relative, before);
    }
  }

  private void inside(Path path, Path relative, @Nullable FileStatus before) throws IOException {
    int seen = changes.size();
    boolean told = seen > 0 && changes.getLast().path().equals("/" + relative);
    boolean wasDirectory = before != null && isDirectory(before);
    boolean opaque = Whiteouts.isOpaque(path, syscalls);
    children(path, relative, wasDirectory && !opaque, wasDirectory && opaque);
    if (!told && changes.size() > seen) {
      add(MODIFIED, relative);
    }
  }

  private void add(int kind, Path relative) {
    if (kind == ADDED && isMountPoint(relative)) {
      return;
    }
    changes.add(new Change(kind, "/" + relative));
  }

  /** Made by the runtime to mount the engine's own files at, where an image had removed them. */
  private boolean isMountPoint(Path relative) {
    Path file = upper.resolve(relative);
    return InitLayer.FILES.contains(relative.toString()) && file.toFile().length() == 0;
  }

  private boolean differs(FileStatus now, FileStatus before, Path path, Path below)
      throws IOException {
    if (now.mode() != before.mode()
        || now.uid() != before.uid()
        || now.gid() != before.gid()
        || now.specialDevice() != before.specialDevice()) {
      return true;
    }
    if (isDirectory(now)) {
      return false;
    }
    return now.size() != before.size()
        || now.modifySeconds() != before.modifySeconds()
        || now.modifyNanos() != before.modifyNanos()
        || !Arrays.equals(capability(path), capability(below));
  }

  private byte @Nullable [] capability(Path path) throws IOException {
    return syscalls.extendedAttributes(path).get(CAPABILITY);
  }

  private static boolean isDirectory(FileStatus status) {
    return (status.mode() & Constants.S_IFMT) == Constants.S_IFDIR;
  }
}
