package io.metanode.economy.machine;

import io.metanode.economy.accounts.Account;
import io.metanode.economy.accounts.AccountFlags;
import io.metanode.economy.accounts.Balance;
import io.metanode.economy.accounts.Movement;
import io.metanode.economy.accounts.Total;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferRecord;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/** Entries as the API shows them: amounts in minor units, times in milliseconds. */
final class EntryJson {

  private EntryJson() {}

  static Map<String, Object> of(Account account) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("account", account.id().toString());
    json.put("token", account.token().name());
    json.put("code", account.terms().code());
    json.put("history", account.is(AccountFlags.HISTORY));
    json.put("frozen", account.is(AccountFlags.FROZEN));
    json.put("closed", account.is(AccountFlags.CLOSED));
    json.put("lockedUntil", account.terms().lockedUntil());
    json.put("opened", account.opened());
    json.put("changes", account.changes());
    if (account.is(AccountFlags.DEBITS_WITHIN_CREDITS)) {
      json.put("available", account.available().units());
    }
    Balance balance = account.balance();
    json.put("debitsPending", number(balance.debitsPending()));
    json.put("debitsPosted", number(balance.debitsPosted()));
    json.put("creditsPending", number(balance.creditsPending()));
    json.put("creditsPosted", number(balance.creditsPosted()));
    return json;
  }

  private static BigInteger number(Total total) {
    return BigInteger.valueOf(total.high())
        .shiftLeft(Long.SIZE)
        .add(new BigInteger(Long.toUnsignedString(total.low())));
  }

  static Map<String, Object> of(TransferRecord done) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("transfer", done.request().id().toString());
    json.put("time", done.time());
    json.put("amount", done.amount().units());
    switch (done.request()) {
      case Transfer.Direct direct -> {
        json.put("kind", "direct");
        put(json, direct.movement());
      }
      case Transfer.Pending pending -> {
        json.put("kind", "pending");
        json.put("phase", done.phase().name());
        json.put("timeoutSeconds", pending.timeoutSeconds());
        put(json, pending.movement());
      }
      case Transfer.PostPending post -> {
        json.put("kind", "post");
        json.put("pending", post.pending().toString());
        json.put("memo", post.memo().toString());
      }
      case Transfer.VoidPending free -> {
        json.put("kind", "void");
        json.put("pending", free.pending().toString());
        json.put("memo", free.memo().toString());
      }
    }
    return json;
  }

  private static void put(Map<String, Object> json, Movement movement) {
    json.put("debit", movement.debit().toString());
    json.put("credit", movement.credit().toString());
    json.put("token", movement.token().name());
    json.put("code", movement.code());
    json.put("memo", movement.memo().toString());
  }
}
