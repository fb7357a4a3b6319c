package io.metanode.containers.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The bytes of a launch plan, step by step (docs/formats/launch-plan.md). */
final class Plan {

  private static final String VERSION = "metanode-plan-1";

  /** Of the size, which the plan tells itself. */
  private static final String SIZE_FORMAT = "%08d";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream tail = new ByteArrayOutputStream();

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

  /** A step that takes a program, whose bytes follow the last word, after words of its own. */
  void program(String name, byte[] program, Object... words) throws OutsideLauncherException {
    Object[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = tail.size();
    all[words.length + 1] = program.length;
    step(name, all);
    tail.writeBytes(program);
  }

  byte[] end() {
    word("end");
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    int header = VERSION.length() + String.format(SIZE_FORMAT, 0).length() + 2;
    int size = header + bytes.size() + tail.size();
    whole.writeBytes((VERSION + "\0" + String.format(SIZE_FORMAT, size) + "\0").getBytes(UTF_8));
    whole.writeBytes(bytes.toByteArray());
    whole.writeBytes(tail.toByteArray());
    return whole.toByteArray();
  }

  private void word(String text) {
    bytes.writeBytes(text.getBytes(UTF_8));
    bytes.write(0);
  }
}
