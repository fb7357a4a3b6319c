package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LedgerSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A network to try things on. */
@Command(
    name = "localnet",
    description = {
      "Run a network of validators on this host until Ctrl-C.",
      "It is kept in --dir and goes on from there the next time."
    })
final class LocalnetCommand implements Callable<Integer> {

  private static final int MOST = 32;

  @Option(names = "--validators", description = "how many", defaultValue = "4")
  int validators = 4;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "where it is kept (default: localnet in METANODE_HOME)")
  @Nullable Path directory;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (validators < 1 || validators > MOST) {
      throw new CommandException("a local network has 1 to " + MOST + " validators");
    }
    Path where =
        directory == null
            ? NodeHome.fromEnvironment().directory().resolve("localnet")
            : directory.toAbsolutePath();
    PrintWriter out = spec.commandLine().getOut();
    try (Localnet net = Localnet.in(where, validators, List.of(), LedgerSetup.standardBlock())) {
      CountDownLatch stopping = stopOnSignal(net);
      out.printf("starting %d validators in %s%n", validators, where);
      out.flush();
      net.start();
      describe(net, out);
      while (!stopping.await(1, TimeUnit.SECONDS)) {
        for (int i = 0; i < net.processes().size(); i++) {
          if (!net.processes().get(i).isAlive() && stopping.getCount() > 0) {
            throw new CommandException(
                "validator " + i + " ended; see " + Localnet.log(net.homes().get(i)));
          }
        }
      }
    }
    return 0;
  }

  private static CountDownLatch stopOnSignal(Localnet net) {
    CountDownLatch stopping = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopping.countDown();
                  net.close();
                }));
    return stopping;
  }

  private static void describe(Localnet net, PrintWriter out) throws IOException {
    List<URI> urls = net.urls();
    for (int i = 0; i < urls.size(); i++) {
      try (LedgerClient client = new LedgerClient(urls.get(i))) {
        out.printf(
            "  validator %d  %s  height %d  log %s%n",
            i,
            urls.get(i),
            client.get("/v1/status").required("height").asLong(),
            Localnet.log(net.homes().get(i)));
      }
    }
    LedgerHome first = net.homes().getFirst();
    out.printf(
        """
        Try
          metanode ledger status --dir %1$s
          metanode ledger tx transfer --dir %1$s %2$s 1.5
        Ctrl-C stops all.
        """,
        first.directory(), "0".repeat(63) + "1");
    out.flush();
  }
}
