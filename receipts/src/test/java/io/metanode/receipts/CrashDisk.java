package io.metanode.receipts;

import io.metanode.receipts.disk.Disk;
import io.metanode.receipts.disk.WritableFile;
import io.metanode.testkit.Gen;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Files in memory, and all that was done to them, so that the machine can be stopped at any byte of
 * it: what was not made durable by then may be there or not.
 */
final class CrashDisk implements Disk {

  enum Kind {
    ALLOCATE,
    WRITE,
    REPLACE,
    DELETE,
    FORCE,
    SYNC,
    SYNC_DIRECTORY,
    ACKNOWLEDGED
  }

  /** One thing that was done. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Action(Kind kind, Path file, long position, byte[] bytes) {

    boolean isLasting() {
      return kind == Kind.ALLOCATE || kind == Kind.ACKNOWLEDGED;
    }

    boolean isMadeDurableBy(Action later) {
      return switch (later.kind) {
        case FORCE -> kind == Kind.WRITE && file.equals(later.file);
        case SYNC -> kind == Kind.REPLACE && file.equals(later.file);
        case SYNC_DIRECTORY -> kind == Kind.DELETE && file.startsWith(later.file);
        default -> false;
      };
    }
  }

  private static final byte[] NOTHING = {};

  private final Map<Path, byte[]> files = new TreeMap<>();
  private final List<Action> actions = new ArrayList<>();

  private synchronized void act(Kind kind, Path file, long position, byte[] bytes) {
    Action action = new Action(kind, file, position, bytes);
    actions.add(action);
    apply(action, bytes.length);
  }

  private void apply(Action action, int length) {
    switch (action.kind()) {
      case ALLOCATE -> files.put(action.file(), new byte[(int) action.position()]);
      case REPLACE -> files.put(action.file(), action.bytes());
      case DELETE -> files.remove(action.file());
      case WRITE -> {
        byte[] file = files.get(action.file());
        if (file != null) {
          byte[] changed = file.clone();
          System.arraycopy(action.bytes(), 0, changed, (int) action.position(), length);
          files.put(action.file(), changed);
        }
      }
      default -> {}
    }
  }

  /** Notes that a client was told of success. */
  void acknowledged() {
    act(Kind.ACKNOWLEDGED, Path.of("/"), 0, NOTHING);
  }

  synchronized List<Action> actions() {
    return List.copyOf(actions);
  }

  /**
   * The disk after a crash during action {@code at}, of which {@code bytes} bytes were written.
   *
   * @param lossy draws which of the earlier actions that were not durable are lost; none if null
   */
  synchronized CrashDisk crashed(int at, int bytes, @Nullable Gen lossy) {
    CrashDisk disk = new CrashDisk();
    for (int i = 0; i < at; i++) {
      Action action = actions.get(i);
      if (lossy == null || isDurable(i, at) || lossy.bool()) {
        disk.apply(action, action.bytes().length);
      }
    }
    Action last = actions.get(at);
    if (last.kind() == Kind.WRITE) {
      disk.apply(last, bytes);
    }
    return disk;
  }

  private boolean isDurable(int index, int until) {
    Action action = actions.get(index);
    return action.isLasting()
        || actions.subList(index, until).stream().anyMatch(action::isMadeDurableBy);
  }

  /** How many clients had been told of success before action {@code at}. */
  synchronized long acknowledgedBefore(int at) {
    return actions.subList(0, at).stream().filter(a -> a.kind() == Kind.ACKNOWLEDGED).count();
  }

  @Override
  public synchronized List<String> list(Path directory) {
    TreeSet<String> names = new TreeSet<>();
    for (Path file : files.keySet()) {
      if (file.startsWith(directory) && !file.equals(directory)) {
        names.add(file.getName(directory.getNameCount()).toString());
      }
    }
    return List.copyOf(names);
  }

  @Override
  public synchronized boolean exists(Path file) {
    return files.containsKey(file);
  }

  @Override
  public synchronized byte[] read(Path file) throws IOException {
    byte[] bytes = files.get(file);
    if (bytes == null) {
      throw new FileNotFoundException(file.toString());
    }
    return bytes.clone();
  }

  @Override
  public void replace(Path file, byte[] content) {
    act(Kind.REPLACE, file, 0, content);
  }

  @Override
  public void sync(List<Path> all, Path root) {
    all.forEach(file -> act(Kind.SYNC, file, 0, NOTHING));
  }

  @Override
  public void syncDirectory(Path directory) {
    act(Kind.SYNC_DIRECTORY, directory, 0, NOTHING);
  }

  @Override
  public void allocate(Path file, int size) {
    act(Kind.ALLOCATE, file, size, NOTHING);
  }

  @Override
  public void delete(Path file) {
    act(Kind.DELETE, file, 0, NOTHING);
  }

  @Override
  public WritableFile open(Path file) {
    return new WritableFile() {
      @Override
      public void write(long position, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        act(Kind.WRITE, file, position, copy);
      }

      @Override
      public void force() {
        act(Kind.FORCE, file, 0, NOTHING);
      }

      @Override
      public void close() {}
    };
  }
}
