package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeLock;
import io.metanode.cli.ValidatorFacts;
import io.metanode.cli.Version;
import io.metanode.economy.EconomyModule;
import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LedgerNode;
import io.metanode.ledger.LedgerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a validator in the foreground, until it is told to stop. */
@Command(name = "start", description = "Run the validator in the foreground until Ctrl-C.")
final class StartCommand implements Callable<Integer> {

  @Mixin HomeOption directory = new HomeOption();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    LedgerHome home = directory.home();
    if (!LedgerNode.isIn(home)) {
      throw new CommandException(
          "no validator in " + home.directory() + "; make one: metanode ledger init");
    }
    try (NodeLock lock =
        NodeLock.acquire(home.lock())
            .orElseThrow(() -> new CommandException("a validator runs on " + home.directory()))) {
      return run(home, lock);
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("No space left on device")) {
        throw new CommandException(
            "no room on the disk of %s (%s): free some there and start the validator again"
                .formatted(home.directory(), e.getMessage()),
            e);
      }
      throw e;
    }
  }

  private int run(LedgerHome home, NodeLock lock) throws IOException, InterruptedException {
    CountDownLatch stopping = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopping.countDown();
                  await(stopped);
                }));
    try (LedgerNode node =
        LedgerNode.start(
            home,
            LedgerSettings.read(home.settings()),
            new EconomyModule(),
            Version.current(),
            SystemClock.INSTANCE,
            new SystemRandomness())) {
      ValidatorFacts facts = ValidatorFacts.of(node);
      facts.write(home.status());
      spec.commandLine()
          .getOut()
          .printf(
              "validator %s of chain %s at height %d answers at %s%n",
              node.key().substring(0, 16), node.chain(), node.height(), facts.api());
      spec.commandLine().getOut().flush();
      while (!stopping.await(1, TimeUnit.SECONDS)) {
        if (node.failure().isPresent()) {
          throw new CommandException(String.valueOf(node.failure().get().getMessage()));
        }
      }
      return 0;
    } finally {
      Files.deleteIfExists(home.status());
      lock.close();
      stopped.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
