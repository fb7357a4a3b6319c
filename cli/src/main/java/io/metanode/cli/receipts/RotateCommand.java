package io.metanode.cli.receipts;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.cli.NodeSocket;
import io.metanode.cli.NodeSocket.Rotation;
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
@Command(name = "rotate", description = "Pass the log to a new key; a running node does it itself.")
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
    NodeHome home = NodeHome.fromEnvironment();
    Rotation rotation;
    try {
      rotation = here(keys != null ? keys : home.keysDirectory());
    } catch (LockedLogException e) {
      rotation = byTheNode(home, e);
    }
    spec.commandLine()
        .getOut()
        .printf(
            "receipt %d passes to the key %s%nits verifier keys, to give out: %s%n",
            rotation.index(), rotation.keyId(), log.directory().resolve("log.vkey"));
    return 0;
  }

  private Rotation here(Path keysDirectory) throws IOException {
    LogReader before = log.open();
    Actor actor =
        new Actor("local", System.getProperty("user.name", "unknown"), OptionalLong.empty());
    try (ReceiptLog open =
        ReceiptLog.open(
            log.directory(),
            new KeyDirectory(keysDirectory, new SystemRandomness()),
            before.origin(),
            SystemClock.INSTANCE)) {
      ReceiptLog.Rotation done = open.rotate(actor);
      return new Rotation(done.index(), done.signer().publicKey().id());
    }
  }

  private Rotation byTheNode(NodeHome home, LockedLogException locked) throws IOException {
    if (keys != null
        || !log.directory().toRealPath().equals(home.receiptsDirectory().toRealPath())) {
      throw new CommandException(
          "a node writes to "
              + log.directory()
              + "; set METANODE_HOME to its home and leave --keys out, and it will rotate",
          locked);
    }
    return new NodeSocket(home.nodeSocket()).rotateReceiptKey();
  }
}
