package io.metanode.containers.network;

import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Another host, as far as this one can tell: a namespace behind a link, with a server. */
final class OutsideHost implements AutoCloseable {

  static final String ADDRESS = "198.18.77.2";
  static final String HOST_SIDE = "198.18.77.1";
  private static final String LINK = "outside0";

  private final Process holder;
  private final ServerSocketChannel server;

  OutsideHost() throws Exception {
    holder = new ProcessBuilder("unshare", "--net", "sleep", "120").start();
    Eventually.holds("sleep runs", () -> holder.info().command().orElse("").endsWith("sleep"));
    String pid = Long.toString(holder.pid());
    run("ip", "link", "add", LINK, "type", "veth", "peer", "name", "eth0", "netns", pid);
    run("ip", "addr", "add", HOST_SIDE + "/30", "dev", LINK);
    run("ip", "link", "set", LINK, "up");
    inside("ip", "addr", "add", ADDRESS + "/30", "dev", "eth0");
    inside("ip", "link", "set", "eth0", "up");
    server =
        InNamespace.callIn(
            holder.pid(), () -> ServerSocketChannel.open().bind(new InetSocketAddress(7777)));
    Thread.ofVirtual().start(() -> NetworkFixture.greetAll(server));
  }

  void routeTo(Subnet subnet) throws Exception {
    inside("ip", "route", "add", subnet.toString(), "via", HOST_SIDE);
  }

  String ask(String address, int port) throws Exception {
    return InNamespace.callIn(holder.pid(), () -> NetworkFixture.ask(address, port));
  }

  private void inside(String... command) throws Exception {
    String[] all = new String[command.length + 4];
    System.arraycopy(command, 0, all, 4, command.length);
    all[0] = "nsenter";
    all[1] = "-t";
    all[2] = Long.toString(holder.pid());
    all[3] = "-n";
    run(all);
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    holder.destroyForcibly().onExit().join();
    Eventually.holds("the outside goes", () -> !Bridge.exists(LINK));
  }
}
