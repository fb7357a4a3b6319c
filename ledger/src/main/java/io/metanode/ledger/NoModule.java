package io.metanode.ledger;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Knows no operation. */
final class NoModule implements LedgerModule {

  @Override
  public String name() {
    return "";
  }

  @Override
  public Optional<String> genesisFault(List<Long> wallets) {
    return Optional.empty();
  }

  @Override
  public OptionalInt category(int kind, Bytes payload) {
    return OptionalInt.empty();
  }

  @Override
  public void begin(ModuleContext context, ModuleState state) {}

  @Override
  public int perform(
      ModuleContext context, Bytes32 sender, int kind, Bytes payload, ModuleState state) {
    throw new IllegalStateException("an operation of kind " + kind + " has no class");
  }

  @Override
  public Optional<String> resultName(int code) {
    return Optional.empty();
  }

  @Override
  public Optional<Found> find(List<String> path, ModuleReader state) {
    return Optional.empty();
  }
}
