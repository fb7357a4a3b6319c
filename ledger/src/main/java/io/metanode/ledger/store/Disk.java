package io.metanode.ledger.store;

import io.metanode.foundation.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** The files of one directory, as a log needs them. Tests put in a disk that tears writes. */
public interface Disk {

  /** A file that only grows. */
  interface Appender extends Closeable {

    /** Appends all bytes; they may be lost or torn until {@link #sync}. */
    void append(Bytes bytes) throws IOException;

    /** Makes what was appended durable. */
    void sync() throws IOException;
  }

  /** The names of all files, sorted. */
  List<String> list() throws IOException;

  long length(String name) throws IOException;

  /** The {@code length} bytes from {@code offset}; fewer if the file ends before. */
  Bytes read(String name, long offset, int length) throws IOException;

  /** Opens a file at its end, making it first where there is none; that it is there is durable. */
  Appender appender(String name) throws IOException;

  /** Cuts a file down; durable when this returns. */
  void truncate(String name, long length) throws IOException;

  /** Removes a file; durable when this returns. */
  void delete(String name) throws IOException;
}
