package io.metanode.cli.economy;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.economy.EconomyTransactions;
import io.metanode.foundation.Bytes32;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The account of GEN that votes. */
final class VoterOption {

  @Option(
      names = "--voter",
      paramLabel = "ACCOUNT",
      description = "of GEN, locked until votes close (default: the sender's number 1)")
  @Nullable String voter;

  /** The account that was named, or the sender's second. */
  Bytes32 of(Ed25519PublicKey sender) {
    return voter == null
        ? EconomyTransactions.account(sender, "GEN", 1)
        : Words.id(voter, "an account");
  }
}
