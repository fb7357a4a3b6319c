package io.metanode.containers.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections that a forwarder carries, over loopback. */
final class TcpForwarderIT {

  private static final int CONNECTIONS = 1_000;
  private static final long MEGABYTE = 1_000_000;

  /** The node has 64 MB outside its heap for everything: idle connections must hold none of it. */
  @Test
  void aThousandOpenConnectionsHoldNoMemoryOutsideTheHeap() throws IOException {
    try (ServerSocketChannel echo = ServerSocketChannel.open().bind(loopback(0), CONNECTIONS)) {
      Thread.ofVirtual().start(() -> echoAll(echo));
      long before = outsideTheHeap();
      try (TcpForwarder forwarder =
          new TcpForwarder(loopback(0), (InetSocketAddress) echo.getLocalAddress())) {
        List<SocketChannel> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
          SocketChannel client = SocketChannel.open(loopback(forwarder.port()));
          clients.add(client);
          assertEquals(i % 100, roundTrip(client, (byte) (i % 100)));
        }
        long held = outsideTheHeap() - before;
        assertTrue(held < 20 * MEGABYTE, held + " bytes outside the heap");
        for (SocketChannel client : clients) {
          client.close();
        }
      }
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static int roundTrip(SocketChannel client, byte value) throws IOException {
    client.write(ByteBuffer.wrap(new byte[] {value}));
    ByteBuffer answer = ByteBuffer.allocate(1);
    client.read(answer);
    return answer.get(0);
  }

  private static void echoAll(ServerSocketChannel listener) {
    try {
      while (true) {
        SocketChannel client = listener.accept();
        Thread.ofVirtual().start(() -> echo(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void echo(SocketChannel client) {
    try (client) {
      ByteBuffer one = ByteBuffer.allocate(1);
      while (client.read(one.clear()) > 0) {
        client.write(one.flip());
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static long outsideTheHeap() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
