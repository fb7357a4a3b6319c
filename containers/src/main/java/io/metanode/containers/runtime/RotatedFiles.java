package io.metanode.containers.runtime;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A log's files as its shim names them.
 *
 * @param newest the file being written; older ones are {@code .1}, {@code .2} and so on beside it
 */
record RotatedFiles(Path newest) implements LogPlaces {

  @Override
  public Path file(int age) {
    return age == 0 ? newest : newest.resolveSibling(newest.getFileName() + "." + age);
  }

  @Override
  public int oldest() {
    int age = 0;
    while (true) {
      if (Files.exists(file(age + 1))) {
        age++;
      } else if (Files.exists(file(age + 2))) {
        age += 2;
      } else {
        return age;
      }
    }
  }
}
