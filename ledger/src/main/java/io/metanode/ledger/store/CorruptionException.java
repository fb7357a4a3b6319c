package io.metanode.ledger.store;

import java.io.IOException;

/**
 * What was durable is damaged. Nobody guesses around it: restore the file, or delete the directory
 * and let the node fetch the chain from its peers.
 */
public final class CorruptionException extends IOException {

  private final String file;
  private final long offset;
  private final long height;

  /**
   * @param offset the byte of the file where the damaged record begins
   * @param height the block it should hold
   */
  public CorruptionException(String file, long offset, long height, String detail) {
    super("%s is damaged at byte %d, block %d: %s".formatted(file, offset, height, detail));
    this.file = file;
    this.offset = offset;
    this.height = height;
  }

  public String file() {
    return file;
  }

  public long offset() {
    return offset;
  }

  public long height() {
    return height;
  }
}
