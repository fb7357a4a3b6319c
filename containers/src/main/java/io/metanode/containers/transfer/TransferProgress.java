package io.metanode.containers.transfer;

import java.io.IOException;

/** Told what a transfer does, in Docker's words, by one thread. */
public interface TransferProgress {

  /**
   * A line.
   *
   * @param id what it is about, such as the first 12 digits of a layer's digest; may be empty
   */
  void status(String id, String status) throws IOException;

  /**
   * How far something has come; {@code total} 0 where there is no measure.
   *
   * @throws IOException if nobody listens any more
   */
  void progress(String id, String status, long current, long total) throws IOException;

  /** What was pushed. */
  void pushed(String tag, String digest, long size) throws IOException;
}
