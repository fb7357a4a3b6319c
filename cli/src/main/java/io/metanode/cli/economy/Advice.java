package io.metanode.cli.economy;

import java.util.Optional;

/** What to do where the ledger refuses an operation of the economy. */
final class Advice {

  private Advice() {}

  /** For the name of a result; empty if the name says it all. */
  static Optional<String> on(String result) {
    String said =
        switch (result) {
          case "NOT_A_PROVIDER" ->
              "governance must admit the key: metanode economy propose provider";
          case "WINDOW_UNKNOWN" ->
              "windows begin at multiples of windowMillis: metanode economy show rules";
          case "WINDOW_OPEN" -> "claim it once it is over";
          case "CITED_BEFORE", "CITED_UNKNOWN", "CITED_OUTSIDE_WINDOW" ->
              "GET /v1/logblocks says when the ledger took a LogBlock, /v1/economy/cursors what was"
                  + " claimed";
          case "VOTER_UNKNOWN" ->
              "open an account of GEN, --number 1, --locked-until after votes close, and deposit";
          case "VOTER_NOT_LOCKED" ->
              "vote with an account that is locked until votes close: metanode economy show"
                  + " governance says how long votes are open";
          case "VOTER_TOO_POOR" -> "deposit GEN into the account first: metanode economy deposit";
          case "DECISION_TOO_SOON", "TIMELOCKED" ->
              "metanode economy show proposals ID says when it may be decided or enacted";
          case "PRICES_NOT_NEXT" ->
              "another version came first, or this one began before it could be enacted: propose"
                  + " again with a later --from";
          case "NOT_A_SOURCE" -> "governance names sources: metanode economy propose sources";
          case "NO_NOTARIES", "NOT_A_NOTARY" ->
              "governance names notaries: metanode economy propose notaries";
          case "ATTESTATION_NOT_IN_FORCE" ->
              "attest a count of now: metanode economy attestation new";
          case "ATTESTATION_SUPERSEDED" -> "a newer count is known: metanode economy show reserve";
          case "ATTESTATION_NOT_SIGNED" ->
              "more notaries must sign it: metanode economy attestation sign";
          case "NOT_A_BANK" -> "governance admits banks: metanode economy propose bank KEY on";
          case "PRICES_DISAGREE" ->
              "nothing settles until the sources agree at the end of an epoch: metanode economy show"
                  + " rate";
          case "NOT_BACKED" ->
              "the attested reserve must be above all AUR: metanode economy show aur; attest more"
                  + " gold, or redeem some";
          case "TRANSFER_PENDING_EXPIRED" ->
              "what is not taken within its time is the payer's again, AUR in transit never was";
          case "TOKEN_FOR_BANKS" -> "only banks have accounts of AUR, which governance opens";
          case "NOT_OWNER", "NOT_PAYEE" -> "sign with the key that owns the account: --key";
          case "WALLET_TOO_LOW" -> "metanode ledger account KEY says what the wallet holds";
          default -> "";
        };
    return said.isEmpty() ? Optional.empty() : Optional.of(said);
  }
}
