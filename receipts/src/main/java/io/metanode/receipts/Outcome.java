package io.metanode.receipts;

/** How an operation ended. */
public sealed interface Outcome {

  /** It took effect. */
  record Done() implements Outcome {}

  /**
   * A process ended.
   *
   * @param exitCode 0 to 255, 128 + signal number where a signal ended it
   * @param outOfMemory whether the kernel's memory limit killed it
   */
  record Exited(int exitCode, boolean outOfMemory) implements Outcome {}

  /** The policy refused it; nothing was done. */
  record Denied() implements Outcome {}

  /**
   * It was tried and did not take effect.
   *
   * @param error what the client was told
   */
  record Failed(String error) implements Outcome {}
}
