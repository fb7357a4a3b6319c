package io.metanode.containers.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** The bytes of a launch plan, step by step (docs/formats/launch-plan.md). */
final class Plan {

  private static final String VERSION = "metanode-plan-1";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private byte[] filter = {};

  Plan() {
    word(VERSION);
  }

  /**
   * @throws OutsideLauncherException if a word holds a NUL, which ends words
   */
  void step(String name, Object... words) throws OutsideLauncherException {
    word(name);
    for (Object word : words) {
      String text = word.toString();
      if (text.indexOf(0) >= 0) {
        throw new OutsideLauncherException("a NUL in " + name);
      }
      word(text);
    }
  }

  /** Loads a filter at this point of the plan; its bytes follow the last word. */
  void seccomp(byte[] program) throws OutsideLauncherException {
    step("seccomp", 0);
    filter = program;
  }

  byte[] end() {
    word("end");
    bytes.writeBytes(filter);
    return bytes.toByteArray();
  }

  private void word(String text) {
    bytes.writeBytes(text.getBytes(UTF_8));
    bytes.write(0);
  }
}
