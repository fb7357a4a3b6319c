package io.metanode.containers.runtime;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What a shim says on a controlling connection (docs/formats/shim.md). */
sealed interface ShimEvent {

  /** {@code 'R' pid32}: the process runs. */
  record Running(int pid) implements ShimEvent {}

  /** {@code 'F' status32}: the runtime could not start it. */
  record Failed(int status) implements ShimEvent {}

  /** {@code 'X' code32 nanos64 egress64}: it has ended. */
  record Ended(ProcessExit exit) implements ShimEvent {}

  /** The connection ended: the shim is gone. */
  record Gone() implements ShimEvent {}

  /** Reads the next event; blocks. */
  static ShimEvent read(SocketChannel channel) throws IOException {
    ByteBuffer kind = ByteBuffer.allocate(1);
    if (channel.read(kind) < 0) {
      return new Gone();
    }
    byte letter = kind.get(0);
    return switch (letter) {
      case 'R' -> new Running(body(channel, 4).getInt());
      case 'F' -> new Failed(body(channel, 4).getInt());
      case 'X' -> {
        ByteBuffer body = body(channel, 20);
        yield new Ended(ExitRecord.exit(body.getInt(), body.getLong(), body.getLong()));
      }
      default -> throw new IOException("unknown event from a shim: " + letter);
    };
  }

  private static ByteBuffer body(SocketChannel channel, int length) throws IOException {
    ByteBuffer body = ByteBuffer.allocate(length);
    while (body.hasRemaining()) {
      if (channel.read(body) < 0) {
        throw new EOFException("the shim ended within an event");
      }
    }
    return body.flip();
  }
}
