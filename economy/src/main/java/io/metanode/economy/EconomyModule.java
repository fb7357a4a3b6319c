package io.metanode.economy;

import io.metanode.economy.machine.Answers;
import io.metanode.economy.machine.Blocks;
import io.metanode.economy.machine.Founding;
import io.metanode.economy.machine.Operation;
import io.metanode.economy.machine.Operations;
import io.metanode.economy.machine.ResultNames;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.LedgerModule;
import io.metanode.ledger.ModuleContext;
import io.metanode.ledger.ModuleReader;
import io.metanode.ledger.ModuleState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The economy as a ledger runs it (docs/formats/accounts.md). */
public final class EconomyModule implements LedgerModule {

  /** The name under which the ledger's API answers for it. */
  public static final String NAME = "economy";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> genesisFault(List<Long> wallets) {
    return Founding.fault(wallets);
  }

  @Override
  public OptionalInt category(int kind, Bytes payload) {
    try {
      return OptionalInt.of(Operation.decode(kind, payload).category());
    } catch (DecodingException e) {
      return OptionalInt.empty();
    }
  }

  @Override
  public void begin(ModuleContext context, ModuleState state) {
    Blocks.begin(context, state);
  }

  @Override
  public int perform(
      ModuleContext context, Bytes32 sender, int kind, Bytes payload, ModuleState state) {
    try {
      return Operations.perform(context, sender, Operation.decode(kind, payload), state);
    } catch (DecodingException e) {
      throw new IllegalArgumentException("no operation of kind " + kind + ": " + payload, e);
    }
  }

  @Override
  public Optional<String> resultName(int code) {
    return ResultNames.of(code);
  }

  @Override
  public Optional<Found> find(List<String> path, ModuleReader state) {
    return Answers.find(path, state);
  }
}
