package io.metanode.cli.doctor;

/**
 * What one check found.
 *
 * @param level how bad it is
 * @param subject what was looked at
 * @param found what is there
 * @param remedy what to do; empty where nothing need be done
 */
record Finding(Level level, String subject, String found, String remedy) {

  /** How bad a finding is. */
  enum Level {
    OK,
    WARN,
    FAIL
  }

  static Finding ok(String subject, String found) {
    return new Finding(Level.OK, subject, found, "");
  }

  static Finding warn(String subject, String found, String remedy) {
    return new Finding(Level.WARN, subject, found, remedy);
  }

  static Finding fail(String subject, String found, String remedy) {
    return new Finding(Level.FAIL, subject, found, remedy);
  }
}
