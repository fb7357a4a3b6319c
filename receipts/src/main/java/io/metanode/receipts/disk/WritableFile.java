package io.metanode.receipts.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file written in place. */
public interface WritableFile extends AutoCloseable {

  void write(long position, ByteBuffer bytes) throws IOException;

  /** Returns once all that was written is durable (fdatasync). */
  void force() throws IOException;

  @Override
  void close() throws IOException;
}
