package io.metanode.cli.economy;

import io.metanode.cli.CommandException;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.SystemRandomness;
import io.metanode.ledger.LedgerTransactions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What words of a command line mean. */
final class Words {

  private Words() {}

  /** Bytes that nobody chose before. */
  static Bytes32 fresh() {
    byte[] bytes = new byte[Bytes32.LENGTH];
    new SystemRandomness().fill(bytes);
    return Bytes32.of(bytes);
  }

  /** What was named, or something fresh. */
  static Bytes32 orFresh(@Nullable String text, String what) {
    return text == null ? fresh() : id(text, what);
  }

  /**
   * @param what it is, as in {@code an account}
   */
  static Bytes32 id(String text, String what) {
    if (!text.matches("[0-9a-fA-F]{64}")) {
      throw new CommandException(what + " has 64 hexadecimal digits, not " + text);
    }
    return Bytes32.ofHex(text);
  }

  static List<Bytes32> keys(List<String> texts) {
    return texts.stream().map(text -> id(text, "a key")).toList();
  }

  /** Minor units. */
  static long units(String amount) {
    return LedgerTransactions.minorUnits(amount)
        .orElseThrow(
            () ->
                new CommandException("no amount: " + amount + "; such as 1.5, 9 decimals at most"));
  }

  static String token(String name) {
    String token = name.toUpperCase(Locale.ROOT);
    if (!token.matches("GEN|NEX|FLX|AUR")) {
      throw new CommandException("no token " + name + "; there are GEN, NEX, FLX and AUR");
    }
    return token;
  }

  /** Milliseconds since 1970. */
  static long millis(String time) {
    try {
      return Instant.parse(time).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new CommandException("no time: " + time + "; such as 2026-12-01T00:00:00Z", e);
    }
  }
}
