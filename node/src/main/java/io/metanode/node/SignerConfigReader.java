package io.metanode.node;

import io.metanode.cli.CommandException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code receipts.signer} and the keys that belong to the signer it names. */
final class SignerConfigReader {

  private static final long DEFAULT_TIMEOUT_MILLIS = 5000;

  private final YamlMap receipts;
  private final Path home;
  private final String file;

  /**
   * @param receipts the mapping {@code receipts}
   * @param home what relative paths are taken from
   * @param file for messages
   */
  SignerConfigReader(YamlMap receipts, Path home, String file) {
    this.receipts = receipts;
    this.home = home;
    this.file = file;
  }

  SignerConfig read() {
    String kind = receipts.word("signer", List.of("file", "command", "pkcs11")).orElse("file");
    return switch (kind) {
      case "command" -> command();
      case "pkcs11" -> pkcs11();
      default -> new SignerConfig.KeyFile();
    };
  }

  private SignerConfig command() {
    List<String> command = receipts.texts("command");
    if (command.isEmpty()) {
      throw missing("command");
    }
    return new SignerConfig.Command(command, path("publicKey"), timeout());
  }

  private SignerConfig pkcs11() {
    return new SignerConfig.Pkcs11(
        path("library"),
        receipts.text("keyId").orElseThrow(() -> missing("keyId")),
        path("publicKey"),
        timeout());
  }

  private Duration timeout() {
    return Duration.ofMillis(number("timeoutMillis", DEFAULT_TIMEOUT_MILLIS));
  }

  private Path path(String key) {
    return home.resolve(receipts.text(key).orElseThrow(() -> missing(key)));
  }

  private long number(String key, long ifAbsent) {
    Optional<String> text = receipts.text(key);
    if (text.isEmpty()) {
      return ifAbsent;
    }
    if (!text.get().matches("[0-9]{1,9}")) {
      throw new CommandException(
          file + ": receipts." + key + " is \"" + text.get() + "\"; it must be a whole number");
    }
    return Long.parseLong(text.get());
  }

  private CommandException missing(String key) {
    return new CommandException(file + ": receipts.signer needs receipts." + key);
  }
}
