package io.metanode.node.process;

import io.metanode.testkit.Gen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * One change to one file, as someone who wants to rewrite history would make it.
 *
 * @param bytes what the file holds instead
 * @param gone whether there is no such file any more
 */
record Tampering(Path file, String what, byte[] original, byte[] bytes, boolean gone) {

  enum Kind {
    FLIP,
    CUT,
    INSERT,
    REORDER,
    DROP
  }

  static Tampering draw(Gen gen, Path file, Kind kind) throws IOException {
    byte[] original = Files.readAllBytes(file);
    int content = content(original);
    int place = gen.intBetween(0, (gen.oneIn(4) ? original.length : content) - 1);
    byte[] bytes =
        switch (kind) {
          case FLIP -> flipped(original, place, (byte) gen.intBetween(1, 255));
          case CUT -> Arrays.copyOf(original, place);
          case INSERT -> inserted(original, place, gen.bytes(gen.intBetween(1, 64)));
          case REORDER -> reordered(original, place, gen.intBetween(1, 64));
          case DROP -> new byte[0];
        };
    String what = kind + " at " + place + " of " + original.length + " in " + file.getFileName();
    return new Tampering(file, what, original, bytes, kind == Kind.DROP);
  }

  /** Where what is not zero ends. */
  private static int content(byte[] bytes) {
    int end = bytes.length;
    while (end > 1 && bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  private static byte[] flipped(byte[] original, int place, byte by) {
    byte[] bytes = original.clone();
    bytes[place] ^= by;
    return bytes;
  }

  private static byte[] inserted(byte[] original, int place, byte[] more) {
    byte[] bytes = Arrays.copyOf(original, original.length + more.length);
    System.arraycopy(original, place, bytes, place + more.length, original.length - place);
    System.arraycopy(more, 0, bytes, place, more.length);
    return bytes;
  }

  /** Moves what stands at a place to the end. */
  private static byte[] reordered(byte[] original, int place, int length) {
    int end = Math.min(original.length, place + length);
    byte[] bytes = original.clone();
    System.arraycopy(original, end, bytes, place, original.length - end);
    System.arraycopy(original, place, bytes, original.length - (end - place), end - place);
    return bytes;
  }

  /** Room that is held ready at a journal's end says nothing, nor does a partial tile outgrown. */
  boolean changesNothing() throws IOException {
    if (gone) {
      return isOutgrown() || (isJournal() && content(original) == 1 && original[0] == 0);
    }
    return Arrays.equals(original, bytes) || (isJournal() && Arrays.equals(text(), text(bytes)));
  }

  private boolean isJournal() {
    return file.toString().endsWith(".journal");
  }

  private byte[] text() {
    return text(original);
  }

  private static byte[] text(byte[] bytes) {
    return bytes.length == 0 ? new byte[1] : Arrays.copyOf(bytes, content(bytes));
  }

  private boolean isOutgrown() throws IOException {
    Path folder = file.getParent();
    if (!folder.toString().endsWith(".p")) {
      return false;
    }
    try (Stream<Path> partials = Files.list(folder)) {
      return partials.anyMatch(other -> width(other) > width(file));
    }
  }

  private static int width(Path partial) {
    return Integer.parseInt(String.valueOf(partial.getFileName()));
  }

  void apply() throws IOException {
    if (gone) {
      Files.delete(file);
    } else {
      Files.write(file, bytes);
    }
  }

  void undo() throws IOException {
    Files.write(file, original);
  }
}
