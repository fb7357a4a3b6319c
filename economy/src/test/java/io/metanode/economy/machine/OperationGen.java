package io.metanode.economy.machine;

import static io.metanode.economy.machine.EconomyChain.person;

import io.metanode.crypto.PrivateKeySigner;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.billing.PriceList;
import io.metanode.economy.machine.Claim.Cited;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.poe.PoeParameters;
import io.metanode.economy.price.PriceRules;
import io.metanode.economy.price.ReserveAttestation;
import io.metanode.economy.supply.FlxPolicy;
import io.metanode.economy.supply.Purse;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.testkit.Gen;
import java.util.List;
import java.util.TreeMap;

/** Operations of every kind but steps, of people who have little to lose. */
final class OperationGen {

  private static final List<Bytes32> KEYS = List.of(key(1), key(2), key(3));

  private final Gen gen;
  private final int people;

  OperationGen(Gen gen, int people) {
    this.gen = gen;
    this.people = people;
  }

  private static Bytes32 key(long seed) {
    return Bytes32.of(PrivateKeySigner.generate(new Gen(seed)).publicKey().bytes());
  }

  private Bytes32 someone() {
    return person(gen.intBetween(0, people - 1));
  }

  private Bytes32 reference() {
    return new Bytes32(5, 5, 5, gen.between(1, 4));
  }

  private Bytes32 proposal() {
    return Proposal.id(someone(), reference());
  }

  private Amount amount() {
    return new Amount(gen.between(1, 5_000));
  }

  private AccountId voter() {
    return Names.account(someone(), gen.oneIn(9) ? Token.NEX : Token.GEN, gen.intBetween(0, 9));
  }

  Operation operation() {
    return switch (gen.intBetween(0, 11)) {
      case 0, 1 -> new Operation.Propose(reference(), voter(), change());
      case 2, 3 -> new Operation.Vote(proposal(), voter(), gen.bool());
      case 4, 5, 6 -> new Operation.Close(proposal());
      case 7 -> new Operation.Quote(amount());
      case 8 -> new Operation.ClaimWindow(claim());
      case 9 -> new Operation.Attest(attestation());
      case 10 -> new Operation.IssueAur(issue());
      default -> new Operation.RedeemAur(issue());
    };
  }

  private Issue issue() {
    return new Issue(reference(), Names.account(someone(), Token.AUR, 0), amount());
  }

  private Claim claim() {
    return new Claim(
        gen.between(0, 3) * 60_000,
        List.of(
            new Cited(Bytes.of((byte) 'a'), gen.between(0, 2), gen.intBetween(1, 3)),
            new Cited(Bytes.of((byte) 'b'), 0, 1)));
  }

  private Attestation attestation() {
    TreeMap<Integer, Bytes> signatures = new TreeMap<>();
    if (gen.bool()) {
      signatures.put(gen.intBetween(0, 3), Bytes.of(gen.bytes(64)));
    }
    return new Attestation(
        new ReserveAttestation(amount(), 1, Long.MAX_VALUE, reference()), signatures);
  }

  Change change() {
    return switch (gen.intBetween(0, 6)) {
      case 0 ->
          new Change.SetRules(
              new Rules(
                  gen.between(1, 60) * 60_000,
                  gen.between(10, 60) * 60_000,
                  PoeParameters.DEFAULT,
                  FlxPolicy.DEFAULT,
                  new VotingRules(60_000, 60_000, gen.between(0, 1_000_000), amount())));
      case 1 ->
          new Change.AddPrices(
              new PriceList(
                  gen.intBetween(1, 4), gen.between(0, 1L << 50), PriceList.FIRST.prices()));
      case 2 -> new Change.SetNotaries(new NotarySet(gen.intBetween(1, 3), KEYS));
      case 3 ->
          new Change.SetSources(
              new Sources(PriceRules.DEFAULT, KEYS.subList(0, gen.intBetween(0, 3))));
      case 4 -> new Change.SetProvider(someone(), gen.bool());
      case 5 -> new Change.SetBank(someone(), gen.bool());
      default ->
          new Change.Grant(
              gen.pick(Purse.TREASURY, Purse.GRANTS, Purse.OWNER, Purse.FOUNDER),
              gen.pick(Token.values()),
              voter(),
              amount());
    };
  }
}
