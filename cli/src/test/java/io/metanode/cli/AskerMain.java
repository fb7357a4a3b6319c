package io.metanode.cli;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Holds a lock for moments without writing its id, as who asks for the owner does: takes it, says
 * so, lets go at the first byte of its input, and begins again at the next.
 */
final class AskerMain {

  private AskerMain() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    do {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.lock();
        System.out.print('l');
        System.out.flush();
        if (System.in.read() < 0) {
          return;
        }
      }
    } while (System.in.read() >= 0);
  }
}
