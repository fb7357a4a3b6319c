package io.metanode.containers.buildkit;

import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.metanode.containers.buildkit.wire.BytesMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** What a client uploads, as a stream. */
final class UploadStream extends InputStream {

  private final BlockingClientCall<BytesMessage, BytesMessage> call;
  private byte[] part = {};
  private int position;
  private boolean ended;

  UploadStream(BlockingClientCall<BytesMessage, BytesMessage> call) {
    this.call = call;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == part.length && !ended) {
      next();
    }
    if (position == part.length) {
      return -1;
    }
    int count = Math.min(length, part.length - position);
    System.arraycopy(part, position, target, offset, count);
    position += count;
    return count;
  }

  private void next() throws IOException {
    try {
      BytesMessage message = call.read();
      position = 0;
      part = message == null ? new byte[0] : message.getData().toByteArray();
      ended = message == null;
    } catch (StatusException e) {
      throw new IOException("reading what the client uploads: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the engine closes");
    }
  }

  @Override
  public void close() {
    call.cancel("the upload is not needed any more", null);
  }
}
