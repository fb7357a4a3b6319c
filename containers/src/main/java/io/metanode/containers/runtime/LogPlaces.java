package io.metanode.containers.runtime;

import java.nio.file.Path;

/** Where the files of a log are, which may be rotated at any moment. */
interface LogPlaces {

  /** The file that was rotated {@code age} times. */
  Path file(int age);

  /** The age of the oldest file; 0 also where there is none. Rotation leaves one place empty. */
  int oldest();
}
