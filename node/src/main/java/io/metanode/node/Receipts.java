package io.metanode.node;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.foundation.Clock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.receipts.KeyDirectory;
import io.metanode.receipts.ReceiptLog;
import io.metanode.receipts.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The node's log of receipts with its name.
 *
 * @param log open for writing
 * @param origin the log's name
 * @param publicKey the file that holds the verifier keys
 */
record Receipts(ReceiptLog log, String origin, Path publicKey) {

  /** Opens the log, making it and its keys where there are none. */
  static Receipts open(NodeHome home, NodeConfig config, Clock clock) throws IOException {
    Path directory = home.receiptsDirectory();
    String origin =
        config.receiptsOrigin().isPresent() ? config.receiptsOrigin().get() : origin(directory);
    SigningKeys keys =
        switch (config.signer()) {
          case SignerConfig.KeyFile() ->
              new KeyDirectory(home.keysDirectory(), new SystemRandomness());
          case SignerConfig.Command(List<String> command) ->
              throw new CommandException("receipts.signer command is not to be had: " + command);
        };
    return new Receipts(
        ReceiptLog.open(directory, keys, origin, clock), origin, directory.resolve("log.vkey"));
  }

  /** A log keeps the name its checkpoint has, whatever the host is called by now. */
  private static String origin(Path directory) throws IOException {
    try {
      return Files.readAllLines(directory.resolve("checkpoint")).getFirst();
    } catch (NoSuchFileException e) {
      String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      return host + "/metanode";
    }
  }
}
