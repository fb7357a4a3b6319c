package io.metanode.containers.image.overlay;

import io.metanode.containers.files.ReadyDirectories;
import io.metanode.containers.image.Snapshot;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A container's overlay: {@code upper}, {@code work} and the mount point {@code merged}. */
final class OverlaySnapshot implements Snapshot {

  private static final String UPPER = "upper";
  private static final String WORK = "work";
  private static final String MERGED = "merged";
  private static final String BOOT_MARK = "discardable";

  private final Path home;
  private final List<Path> lowers;
  private final Syscalls syscalls;
  private final String bootId;
  private final Runnable released;

  /** Who reads or writes it beside its container. */
  private int holders;

  /** Whether it is to stay mounted when the last of them has gone. */
  private boolean wanted;

  /**
   * @param lowers the layers below, highest first; none if they are gone
   * @param bootId names this run of the machine
   * @param released called once the snapshot is removed
   */
  OverlaySnapshot(
      Path home, List<Path> lowers, Syscalls syscalls, String bootId, Runnable released) {
    this.home = home;
    this.lowers = List.copyOf(lowers);
    this.syscalls = syscalls;
    this.bootId = bootId;
    this.released = released;
  }

  Path upper() {
    return home.resolve(UPPER);
  }

  private Path work() {
    return home.resolve(WORK);
  }

  private Path merged() {
    return home.resolve(MERGED);
  }

  @Override
  public Path place() {
    return merged();
  }

  private Path bootMark() {
    return home.resolve(BOOT_MARK);
  }

  @Override
  public synchronized Path mount(boolean discardable) throws IOException {
    if (!isMounted()) {
      mountAnew(discardable);
    }
    wanted = true;
    return merged();
  }

  @Override
  public synchronized Held hold() throws IOException {
    if (!isMounted()) {
      mountAnew(false);
    } else if (holders == 0) {
      wanted = true; // by its container, which may have run before this engine
    }
    holders++;
    return new Holding();
  }

  private final class Holding implements Held {

    private boolean closed;

    @Override
    public Path root() {
      return merged();
    }

    @Override
    public void close() throws IOException {
      synchronized (OverlaySnapshot.this) {
        if (!closed) {
          closed = true;
          holders--;
          if (!wanted) {
            unmount();
          }
        }
      }
    }
  }

  private void mountAnew(boolean discardable) throws IOException {
    if (lowers.isEmpty()) {
      throw new IOException("the layers below the container's file system are gone");
    }
    clearDiscardableMark();
    if (discardable) {
      ReadyDirectories.claim(bootMark());
      Files.writeString(bootMark(), bootId);
    }
    new OverlayMount(syscalls).mount(lowers, upper(), work(), merged(), discardable);
  }

  /**
   * A discardable mount leaves {@code work/work/incompat/volatile}, which keeps the kernel from
   * mounting again: after a machine crash the changes may be torn. Then they are discarded, as was
   * agreed; in the same boot they are whole and are kept.
   */
  private void clearDiscardableMark() throws IOException {
    Path incompatible = work().resolve("work/incompat");
    if (!Files.exists(incompatible) && !Files.exists(bootMark())) {
      return;
    }
    boolean sameBoot = Files.exists(bootMark()) && Files.readString(bootMark()).equals(bootId);
    if (sameBoot) {
      DurableFiles.removeTree(incompatible);
      syscalls.syncFileSystem(upper());
    } else {
      DurableFiles.removeTree(upper());
      DurableFiles.removeTree(work());
      Files.createDirectory(upper());
      Files.createDirectory(work());
      takeRoot();
    }
    Files.deleteIfExists(bootMark());
  }

  /** What a snapshot's directory begins with. */
  static void makeIn(Path home) throws IOException {
    for (String each : List.of(UPPER, WORK, MERGED)) {
      Files.createDirectory(home.resolve(each));
    }
    Files.createFile(ReadyDirectories.ahead(home.resolve(BOOT_MARK)));
  }

  /** The root takes owner and mode from the layer below. */
  void takeRoot() throws IOException {
    Syscalls.FileStatus model = syscalls.status(lowers.getFirst());
    if (model.uid() != 0 || model.gid() != 0) {
      syscalls.changeOwner(upper(), model.uid(), model.gid());
    }
    syscalls.changeMode(upper(), model.mode() & 07777);
  }

  boolean isMounted() throws IOException {
    return syscalls.status(merged()).device() != syscalls.status(home).device();
  }

  @Override
  public synchronized void unmount() throws IOException {
    wanted = false;
    if (holders == 0 && Files.exists(merged()) && isMounted()) {
      unmount(merged(), syscalls);
    }
  }

  /** Unmounts; where something still uses the mount, it goes once that ends. */
  static void unmount(Path target, Syscalls syscalls) throws IOException {
    try {
      syscalls.unmount(target.toString(), Constants.UMOUNT_NOFOLLOW);
    } catch (SyscallException e) {
      if (e.errno() == Constants.EBUSY) {
        syscalls.unmount(target.toString(), Constants.MNT_DETACH | Constants.UMOUNT_NOFOLLOW);
      } else if (e.errno() != Constants.EINVAL) {
        throw e;
      }
    }
  }

  @Override
  public synchronized void remove() throws IOException {
    if (!Files.exists(home)) {
      return;
    }
    if (Files.exists(merged()) && isMounted()) {
      unmount(merged(), syscalls);
    }
    wanted = false;
    DurableFiles.removeTree(home);
    released.run();
  }

  @Override
  public List<Change> changes() throws IOException {
    return OverlayChanges.of(upper(), lowers, syscalls);
  }

  @Override
  public Archived archiveChanges(OutputStream target) throws IOException {
    return TreeArchive.changes(upper(), syscalls, target);
  }

  @Override
  public synchronized void takeChanges(Path target) throws IOException {
    if (isMounted()) {
      throw new IOException("the file system is still mounted");
    }
    Files.delete(target);
    Files.move(upper(), target);
    Files.createDirectory(upper());
  }

  @Override
  public void export(OutputStream target) throws IOException {
    try (Held held = hold()) {
      TreeArchive.write(held.root(), syscalls, target);
    }
  }

  @Override
  public long writtenBytes() throws IOException {
    return DiskBlocks.bytes(upper(), syscalls);
  }
}
