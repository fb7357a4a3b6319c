package io.metanode.cli;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Locks a file as a node does, and writes its process id only when told, a byte on its input. */
final class LateOwnerMain {

  private LateOwnerMain() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.lock();
      System.out.print('l');
      System.out.flush();
      System.in.read();
      String id = ProcessHandle.current().pid() + "\n";
      channel.truncate(0).write(ByteBuffer.wrap(id.getBytes(StandardCharsets.US_ASCII)));
      System.out.print('w');
      System.out.flush();
      System.in.read();
    }
  }
}
