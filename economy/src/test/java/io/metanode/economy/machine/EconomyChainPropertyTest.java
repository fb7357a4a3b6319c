package io.metanode.economy.machine;

import static io.metanode.economy.machine.EconomyChain.person;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.Movement;
import io.metanode.economy.accounts.Movement.Balancing;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.machine.EconomyChain.Ask;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.supply.Codes;
import io.metanode.economy.supply.Purse;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random batches of several people through blocks of the real state machine. */
class EconomyChainPropertyTest {

  private static final int PEOPLE = 4;
  private static final int BLOCKS = 40;

  /** Whoever makes up batches. */
  static final class People {
    final Gen gen;
    final OperationGen others;
    final List<TransferId> made = new ArrayList<>();
    long references;

    People(Gen gen) {
      this.gen = gen;
      others = new OperationGen(gen, PEOPLE);
    }

    Token token() {
      return gen.oneIn(12) ? Token.AUR : gen.pick(Token.NEX, Token.NEX, Token.FLX, Token.GEN);
    }

    int number() {
      return gen.intBetween(0, 1);
    }

    AccountId account(Token token) {
      if (gen.oneIn(20)) {
        return gen.pick(Purse.values()).of(token);
      }
      return Names.account(person(gen.intBetween(0, PEOPLE - 1)), token, number());
    }

    Amount amount() {
      return gen.oneIn(20) ? gen.pick(Amount.ZERO, Amount.MAX) : new Amount(gen.between(1, 5_000));
    }

    TransferId reference(int sender) {
      TransferId reference =
          EconomyChain.reference(gen.oneIn(15) ? gen.between(1, references + 1) : ++references);
      made.add(Names.transfer(person(sender), reference));
      return reference;
    }

    TransferId pending() {
      return made.isEmpty() ? EconomyChain.reference(1) : gen.pick(made);
    }

    Movement movement(int sender) {
      Token token = token();
      AccountId from =
          gen.oneIn(8) ? account(token) : Names.account(person(sender), token, number());
      return new Movement(
          from,
          account(token),
          gen.oneIn(20) ? token() : token,
          amount(),
          gen.oneIn(6) ? gen.pick(Balancing.values()) : Balancing.NONE,
          gen.oneIn(15) ? Codes.REWARD : gen.pick(0, token == Token.NEX ? Codes.JOB : 40),
          Bytes32.ZERO);
    }

    Step step(int sender) {
      Token token = token();
      return switch (gen.intBetween(0, 13)) {
        case 0, 1 ->
            new Step.Open(
                token,
                number(),
                gen.bool(),
                gen.oneIn(8) ? gen.between(0, EconomyChain.START + 2_000) : 0);
        case 2 -> new Step.Freeze(account(token));
        case 3 -> new Step.Thaw(account(token));
        case 4 -> gen.oneIn(4) ? new Step.Close(account(token)) : new Step.Thaw(account(token));
        case 5, 6 -> new Step.Deposit(reference(sender), account(token), token, amount());
        case 7 ->
            new Step.Withdraw(
                reference(sender),
                Names.account(person(sender), token, number()),
                token,
                amount(),
                person(gen.intBetween(0, PEOPLE - 1)));
        case 8, 9 ->
            new Step.Move(
                new Transfer.Pending(reference(sender), movement(sender), gen.intBetween(0, 3)));
        case 10, 11 ->
            new Step.Move(
                new Transfer.PostPending(
                    reference(sender),
                    pending(),
                    gen.oneIn(3) ? Amount.MAX : amount(),
                    Bytes32.ZERO));
        case 12 ->
            new Step.Move(new Transfer.VoidPending(reference(sender), pending(), Bytes32.ZERO));
        default -> new Step.Move(new Transfer.Direct(reference(sender), movement(sender)));
      };
    }

    Batch batch(int sender) {
      return new Batch(gen.list(1, gen.oneIn(3) ? 6 : 1, _ -> step(sender)));
    }

    Ask ask() {
      int sender = gen.intBetween(0, PEOPLE - 1);
      if (gen.oneIn(3)) {
        return new Ask(person(sender), others.operation());
      }
      return new Ask(person(sender), new Operation.DoSteps(batch(sender)));
    }
  }

  /** Accounts of a person with something in them. */
  private static Step[] furnish(int person) {
    List<Step> steps = new ArrayList<>();
    for (Token token : List.of(Token.NEX, Token.FLX, Token.GEN)) {
      steps.add(new Step.Open(token, 0, person == 0, 0));
      steps.add(
          new Step.Deposit(
              EconomyChain.reference(-20 - token.code()),
              EconomyChain.account(person, token),
              token,
              new Amount(20_000)));
    }
    return steps.toArray(Step[]::new);
  }

  @Test
  void nothingIsMadeOrLostAndEveryReplayAgrees() {
    Map<Integer, Integer> seen = new TreeMap<>();
    Property.check(
        "economy by blocks",
        25,
        gen -> {
          EconomyChain chain = new EconomyChain(PEOPLE);
          People people = new People(gen);
          for (int i = 0; i < PEOPLE; i++) {
            chain.voter(i, EconomyChain.WALLET / 2 - i);
            chain.perform(i, furnish(i));
          }
          for (int i = 0; i < BLOCKS; i++) {
            List<Ask> asks = gen.list(0, 12, _ -> people.ask());
            chain.now += gen.oneIn(5) ? gen.between(0, gen.oneIn(4) ? 100_000 : 2_000) : 0;
            chain
                .block(asks.toArray(Ask[]::new))
                .forEach(code -> seen.merge(code, 1, Integer::sum));
            if (i % 8 == 0) {
              assertEquals(List.of(), chain.faults());
            }
          }
          assertEquals(List.of(), chain.faults());
          assertEquals(chain.state.root(), chain.replayed(), "a validator that replays the blocks");
        });
    if (Long.getLong("property.seed") == null) {
      for (StepStatus status : StepStatus.values()) {
        assertTrue(
            seen.containsKey(status.code())
                || status == StepStatus.WALLET_RESERVED
                || status == StepStatus.SUM_TOO_LARGE,
            "the operations never led to " + status + ": " + seen);
      }
      assertTrue(seen.getOrDefault(0, 0) > 500, "too little was done: " + seen);
    }
  }

  private static Operation operation(Gen gen) {
    return gen.bool()
        ? new Operation.DoSteps(new People(gen).batch(0))
        : new OperationGen(gen, PEOPLE).operation();
  }

  @Test
  void decodingUndoesEncoding() {
    Property.check(
        "operations come back",
        2_000,
        gen -> {
          Operation operation = operation(gen);
          assertEquals(operation, Operation.decode(operation.kind(), operation.encode()));
        });
  }

  @Test
  void whatDecodesIsTheEncodingOfItsValue() {
    Property.check(
        "no second encoding",
        5_000,
        gen -> {
          Operation operation = operation(gen);
          byte[] bytes = operation.encode().toArray();
          for (int flips = gen.intBetween(1, 3); flips > 0; flips--) {
            bytes[gen.intBetween(0, bytes.length - 1)] =
                (byte) (int) gen.pick(0, 1, 2, 16, 21, 0x80, 0xff, gen.intBetween(0, 255));
          }
          Bytes encoded = Bytes.of(bytes);
          try {
            assertEquals(encoded, Operation.decode(operation.kind(), encoded).encode());
          } catch (DecodingException refused) {
            assertTrue(refused.offset() <= bytes.length);
          }
        });
  }
}
