package io.metanode.receipts.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Files as the log uses them. What is not said to be durable may be lost when the power fails. */
public interface Disk {

  /** The names in a directory, sorted; none if there is no such directory. */
  List<String> list(Path directory) throws IOException;

  boolean exists(Path file);

  byte[] read(Path file) throws IOException;

  /** Puts a whole file in place at once, over any that is there; makes its directories. */
  void replace(Path file, byte[] content) throws IOException;

  /** Makes files and the directories above them, up to {@code root}, durable. */
  void sync(List<Path> files, Path root) throws IOException;

  /** Makes what was created and deleted in a directory durable. */
  void syncDirectory(Path directory) throws IOException;

  /**
   * Makes a file of zeros whose blocks are all allocated, in place at once and durable.
   *
   * @throws IOException if the disk is full; nothing is left behind then
   */
  void allocate(Path file, int size) throws IOException;

  /** Opens a file for writing in place. */
  WritableFile open(Path file) throws IOException;

  /** Deletes a file, or an empty directory, if it is there. */
  void delete(Path file) throws IOException;
}
