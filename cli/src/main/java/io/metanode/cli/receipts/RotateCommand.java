package io.metanode.cli.receipts;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.crypto.Signer;
import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.receipts.Actor;
import io.metanode.receipts.KeyDirectory;
import io.metanode.receipts.LockedLogException;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.ReceiptLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Passes the log to a new key. The last receipt under the old key names it. */
@Command(
    name = "rotate",
    description = "Pass the log to a new key; the node must be stopped meanwhile.")
final class RotateCommand implements Callable<Integer> {

  @Mixin LogOption log = new LogOption();

  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description = "where the private keys are (default: keys in METANODE_HOME)")
  @Nullable Path keys;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Path directory = keys != null ? keys : NodeHome.fromEnvironment().keysDirectory();
    LogReader before = log.open();
    Actor actor =
        new Actor("local", System.getProperty("user.name", "unknown"), OptionalLong.empty());
    try (ReceiptLog open =
        ReceiptLog.open(
            log.directory(),
            new KeyDirectory(directory, new SystemRandomness()),
            before.origin(),
            SystemClock.INSTANCE)) {
      Signer next = open.rotate(actor);
      spec.commandLine()
          .getOut()
          .printf(
              "receipt %d passes to the key %s%nits verifier keys, to give out: %s%n",
              open.size() - 1, next.publicKey().id(), log.directory().resolve("log.vkey"));
      return 0;
    } catch (LockedLogException e) {
      throw new CommandException(
          "a running node writes to "
              + log.directory()
              + ": metanode down, metanode receipts rotate, metanode up; containers run on meanwhile",
          e);
    }
  }
}
