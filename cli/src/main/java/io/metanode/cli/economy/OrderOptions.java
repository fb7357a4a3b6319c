package io.metanode.cli.economy;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.economy.EconomyTransactions;
import io.metanode.foundation.Bytes32;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is to be moved, from where to where. */
final class OrderOptions {

  @Parameters(index = "0", paramLabel = "ACCOUNT", description = "to be paid, 64 digits")
  String credit = "";

  @Parameters(index = "1", paramLabel = "AMOUNT", description = "such as 1.5")
  String amount = "";

  @Option(names = "--token", description = "GEN, NEX, FLX or AUR", defaultValue = "NEX")
  String token = "NEX";

  @Option(
      names = "--from",
      paramLabel = "ACCOUNT",
      description = "that pays (default: the sender's first of the token)")
  @Nullable String debit;

  @Option(
      names = "--code",
      description = "what it is for: 0, 18 for a job, or 32 and above",
      defaultValue = "0")
  int code;

  @Option(names = "--memo", paramLabel = "HEX", description = "32 bytes that go with it")
  @Nullable String memo;

  EconomyTransactions.Order of(Ed25519PublicKey sender) {
    String asset = Words.token(token);
    return new EconomyTransactions.Order(
        debit == null
            ? EconomyTransactions.account(sender, asset, 0)
            : Words.id(debit, "an account"),
        Words.id(credit, "an account"),
        asset,
        Words.units(amount),
        code,
        memo(memo));
  }

  static Bytes32 memo(@Nullable String text) {
    return text == null ? Bytes32.ZERO : Words.id(text, "a memo");
  }
}
