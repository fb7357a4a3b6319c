package io.metanode.cli.process;

/**
 * A program that has ended.
 *
 * @param exitCode its exit code
 * @param output what it wrote to standard output and standard error, in order, UTF-8
 */
public record Finished(int exitCode, String output) {

  public boolean succeeded() {
    return exitCode == 0;
  }
}
