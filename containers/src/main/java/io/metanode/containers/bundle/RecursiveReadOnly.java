package io.metanode.containers.bundle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether mounts can be made read-only with all that is mounted below: mount_setattr(2). */
final class RecursiveReadOnly {

  private static final int MAJOR = 5;
  private static final int MINOR = 12;
  private static final Pattern RELEASE = Pattern.compile("^(\\d+)\\.(\\d+)");

  private RecursiveReadOnly() {}

  static boolean isKnownHere() {
    return isKnown(System.getProperty("os.version", ""));
  }

  /**
   * @param release of the kernel, as uname(2) has it
   */
  static boolean isKnown(String release) {
    Matcher numbers = RELEASE.matcher(release);
    if (!numbers.find()) {
      return false;
    }
    int major = Integer.parseInt(numbers.group(1));
    return major > MAJOR || (major == MAJOR && Integer.parseInt(numbers.group(2)) >= MINOR);
  }
}
