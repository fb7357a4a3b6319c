package io.metanode.economy;

import io.metanode.economy.machine.StateAudit;
import io.metanode.economy.money.Token;
import io.metanode.economy.supply.Purse;
import io.metanode.ledger.LedgerContents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An audit of everything that a ledger holds: its wallets and the whole economy.
 *
 * @param figures how much there is where, by name; amounts as decimals
 * @param faults what is wrong, in words; empty if all is well
 */
public record EconomyAudit(Map<String, Object> figures, List<String> faults) {

  /** Audits what a ledger holds after a block. */
  public static EconomyAudit of(LedgerContents contents) {
    StateAudit audit = new StateAudit();
    contents.forEachOfModule(audit::read);
    List<String> faults = new ArrayList<>();
    List<Long> held = contents.wallets();
    if (!held.equals(contents.supply())) {
      faults.add(
          "wallets hold %s minor units, the state says %s".formatted(held, contents.supply()));
    }
    if (contents.height() > 0) {
      faults.addAll(audit.faults(held));
    }
    return new EconomyAudit(figures(contents, audit), List.copyOf(faults));
  }

  private static Map<String, Object> figures(LedgerContents contents, StateAudit audit) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("height", contents.height());
    figures.put("stateRoot", contents.stateRoot());
    figures.put("accounts", audit.accounts());
    figures.put("transfers", audit.transfers());
    for (Token token : Token.values()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("supply", audit.supply(token).toString());
      for (Purse purse : Purse.values()) {
        if (purse != Purse.ISSUE && !audit.balance(purse, token).isZero()) {
          one.put(purse.name(), audit.balance(purse, token).toString());
        }
      }
      figures.put(token.name(), one);
    }
    return figures;
  }
}
