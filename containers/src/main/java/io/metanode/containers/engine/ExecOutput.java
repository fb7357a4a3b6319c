package io.metanode.containers.engine;

import io.metanode.containers.http.HttpExchange.Hijacked;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The output of an exec in the form its start asked for. As in Docker, {@code Tty} of the start
 * says whether it comes in frames, whatever the exec has: a terminal's output in frames of stdout,
 * or of an exec without terminal the bytes of stdout alone.
 */
final class ExecOutput extends OutputStream {

  private static final int HEADER_BYTES = 8;

  private final OutputStream client;
  private final boolean framed;
  private final byte[] header = new byte[HEADER_BYTES];
  private int headerBytes;
  private int left;

  private ExecOutput(OutputStream client, boolean framed) {
    this.client = client;
    this.framed = framed;
  }

  /**
   * @param terminal whether the exec's output comes as it is, not in frames
   * @param raw whether the client wants it as it is
   */
  static Hijacked to(Hijacked client, boolean terminal, boolean raw) {
    return terminal == raw
        ? client
        : new Hijacked(client.input(), new ExecOutput(client.output(), terminal), client.channel());
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (framed) {
      client.write(Frames.frame(Frames.STDOUT, bytes, offset, length));
    } else {
      unframe(bytes, offset, offset + length);
    }
  }

  private void unframe(byte[] bytes, int from, int end) throws IOException {
    int at = from;
    while (at < end) {
      if (headerBytes < HEADER_BYTES) {
        header[headerBytes++] = bytes[at++];
        left = headerBytes == HEADER_BYTES ? Frames.length(header) : 0;
      } else {
        int count = Math.min(left, end - at);
        if (header[0] == Frames.STDOUT) {
          client.write(bytes, at, count);
        }
        at += count;
        left -= count;
      }
      if (headerBytes == HEADER_BYTES && left == 0) {
        headerBytes = 0;
      }
    }
  }

  @Override
  public void flush() throws IOException {
    client.flush();
  }
}
