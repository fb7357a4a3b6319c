package io.metanode.economy.machine;

import io.metanode.economy.accounts.AccountStatus;
import io.metanode.economy.accounts.TransferStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The names of result codes. */
public final class ResultNames {

  private static final Map<Integer, String> NAMES = new HashMap<>();

  static {
    for (TransferStatus status : TransferStatus.values()) {
      name(status.code(), "TRANSFER", status.name());
    }
    for (AccountStatus status : AccountStatus.values()) {
      name(status.code(), "ACCOUNT", status.name());
    }
    for (StepStatus status : StepStatus.values()) {
      name(status.code(), "", status.name());
    }
    for (ClaimStatus status : ClaimStatus.values()) {
      name(status.code(), "", status.name());
    }
    for (VoteStatus status : VoteStatus.values()) {
      name(status.code(), "", status.name());
    }
    for (MarketStatus status : MarketStatus.values()) {
      name(status.code(), "", status.name());
    }
  }

  private ResultNames() {}

  private static void name(int code, String what, String name) {
    if (code != 0 && NAMES.put(code, what.isEmpty() ? name : what + "_" + name) != null) {
      throw new IllegalStateException("two results have the code " + code);
    }
  }

  public static Optional<String> of(int code) {
    return Optional.ofNullable(NAMES.get(code));
  }
}
