package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.SigningException;
import io.metanode.economy.EconomyRequests;
import io.metanode.economy.EconomyTransactions;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LedgerTransactions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Proposes a decision, and votes for it. */
@Command(
    name = "propose",
    description = {
      "Propose a decision and vote for it with a locked account of GEN. One of:",
      "  provider KEY on|off                       whether the work of a log's owner is rewarded",
      "  bank KEY on|off                           whether a bank may hold AUR",
      "  grant PURSE TOKEN ACCOUNT AMOUNT          a purse pays",
      "Exit 1: not proposed."
    })
final class ProposeCommand implements Callable<Integer> {

  @Mixin Submission submission = new Submission();
  @Mixin Printed printed = new Printed();

  @Parameters(arity = "3..5", paramLabel = "WHAT", description = "as above")
  List<String> what = List.of();

  @Option(
      names = "--voter",
      paramLabel = "ACCOUNT",
      description = "of GEN, locked until votes close (default: the sender's number 1)")
  @Nullable String voter;

  @Option(names = "--reference", paramLabel = "HEX", description = "chosen once, 32 bytes")
  @Nullable String reference;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Bytes32 chosen =
        reference == null ? StepSubmission.fresh() : StepSubmission.id(reference, "a reference");
    ObjectNode told = Printed.object();
    ObjectNode answer =
        (ObjectNode)
            submission.submit(
                (transactions, sender, place) -> {
                  told.put(
                      "proposal", EconomyRequests.proposal(sender.publicKey(), chosen).toString());
                  return make(
                      new EconomyRequests(transactions, sender, place),
                      chosen,
                      voter(voter, sender.publicKey()));
                });
    answer.setAll(told);
    printed.print(spec, answer);
    return Submission.exitCode(answer);
  }

  /** The account that votes: the one that was named, or the sender's second. */
  static Bytes32 voter(@Nullable String named, Ed25519PublicKey sender) {
    return named == null
        ? EconomyTransactions.account(sender, "GEN", 1)
        : StepSubmission.id(named, "an account");
  }

  private LedgerTransactions.Signed make(EconomyRequests requests, Bytes32 name, Bytes32 account)
      throws SigningException {
    switch (what.getFirst() + " " + what.size()) {
      case "provider 3" -> {
        return requests.proposeProvider(name, account, key(), on());
      }
      case "bank 3" -> {
        return requests.proposeBank(name, account, key(), on());
      }
      case "grant 5" -> {
        try {
          return requests.proposeGrant(
              name,
              account,
              what.get(1),
              StepSubmission.token(what.get(2)),
              StepSubmission.id(what.get(3), "an account"),
              StepSubmission.units(what.get(4)));
        } catch (IllegalArgumentException e) {
          throw new CommandException("no such grant: " + e.getMessage(), e);
        }
      }
      default -> throw new CommandException("what is to be decided? see --help");
    }
  }

  private Bytes32 key() {
    return StepSubmission.id(what.get(1), "a key");
  }

  private boolean on() {
    if (!what.get(2).matches("on|off")) {
      throw new CommandException("on or off, not " + what.get(2));
    }
    return what.get(2).equals("on");
  }
}
