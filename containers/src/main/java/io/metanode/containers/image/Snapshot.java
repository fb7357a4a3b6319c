package io.metanode.containers.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** One container's file system. */
public interface Snapshot {

  /**
   * Mounts it, if it is not, and returns the root directory.
   *
   * @param discardable whether a machine crash may lose its changes (a container that is removed
   *     when it ends), which spares the kernel's sync on unmount
   */
  Path mount(boolean discardable) throws IOException;

  /** Where it is, while it is mounted. */
  Path place();

  /** Mounts it for as long as someone reads or writes it beside the container, running or not. */
  Held hold() throws IOException;

  /** A root directory that stays mounted until this is closed. */
  interface Held extends AutoCloseable {

    Path root();

    @Override
    void close() throws IOException;
  }

  /**
   * Unmounts it, if it is mounted. May take long: it syncs what was written. Where someone holds
   * it, the last of them unmounts it.
   */
  void unmount() throws IOException;

  /** Unmounts it and removes its files. */
  void remove() throws IOException;

  /** What the container changed against its image, sorted by path, as {@code docker diff}. */
  List<Change> changes() throws IOException;

  /**
   * Writes what the container changed as a layer's archive (OCI image-spec, layer.md).
   *
   * @return what is in it
   */
  Archived archiveChanges(OutputStream target) throws IOException;

  /**
   * Moves what the container changed to a directory that takes its place as a layer's files; the
   * container is not started again. It must not be mounted.
   */
  void takeChanges(Path target) throws IOException;

  /**
   * What an archive of changes holds.
   *
   * @param entries files, directories, links and whiteouts
   * @param bytes the lengths of the files
   */
  record Archived(long entries, long bytes) {}

  /** Writes the whole file system as a tar archive, as {@code docker export}. */
  void export(OutputStream target) throws IOException;

  /** Bytes the container's changes hold on disk (blocks, not lengths). */
  long writtenBytes() throws IOException;

  /** One changed path; kind 0 modified, 1 added, 2 deleted. */
  record Change(int kind, String path) {}
}
