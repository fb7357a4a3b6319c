package io.metanode.containers.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSocket;

/**
 * A connection in TLS. Ending the output sends {@code close_notify} and leaves the input open,
 * which TLS 1.3 allows (RFC 8446, 6.1) and earlier versions do not. Closing closes the TCP
 * connection at once, so that no peer can hold up who closes it.
 */
final class TlsLink implements Link {

  private final Socket tcp;
  private final SSLSocket tls;
  private final InputStream input;
  private final OutputStream output;
  private final ReentrantLock writing = new ReentrantLock();

  /**
   * @param tcp what {@code tls} runs over
   * @param tls after its handshake
   */
  TlsLink(Socket tcp, SSLSocket tls) throws IOException {
    this.tcp = tcp;
    this.tls = tls;
    input = tls.getInputStream();
    output = tls.getOutputStream();
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count =
        input.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
    if (count > 0) {
      target.position(target.position() + count);
    }
    return count;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int count = source.remaining();
    writing.lock();
    try {
      output.write(source.array(), source.arrayOffset() + source.position(), count);
    } finally {
      writing.unlock();
    }
    source.position(source.limit());
    return count;
  }

  @Override
  public void shutdownOutput() throws IOException {
    writing.lock();
    try {
      if (!tls.isOutputShutdown()) {
        tls.shutdownOutput();
      }
    } finally {
      writing.unlock();
    }
  }

  @Override
  public boolean isOpen() {
    return !tcp.isClosed();
  }

  @Override
  public void close() throws IOException {
    tcp.close();
  }
}
