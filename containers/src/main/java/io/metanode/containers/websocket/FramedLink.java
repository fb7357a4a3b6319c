package io.metanode.containers.websocket;

import io.metanode.containers.http.Link;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A connection with a WebSocket on it: before its end a close is sent. */
final class FramedLink implements Link {

  private final Link link;
  private final FrameOutput output;

  FramedLink(Link link, FrameOutput output) {
    this.link = link;
    this.output = output;
  }

  @Override
  public void shutdownOutput() throws IOException {
    output.close(CloseCode.NORMAL);
    link.shutdownOutput();
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return link.read(target);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return link.write(source);
  }

  @Override
  public boolean isOpen() {
    return link.isOpen();
  }

  @Override
  public void close() throws IOException {
    link.close();
  }
}
