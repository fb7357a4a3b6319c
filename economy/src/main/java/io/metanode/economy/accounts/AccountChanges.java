package io.metanode.economy.accounts;

import io.metanode.foundation.Bytes32;
import java.util.Optional;

/** Operations on accounts: the checks in their order, then the effect. */
final class AccountChanges {

  private AccountChanges() {}

  static AccountStatus open(AccountTerms terms, Book book, long now) {
    if (terms.id().value().equals(Bytes32.ZERO)) {
      return AccountStatus.ID_ZERO;
    }
    Optional<Account> known = book.account(terms.id());
    if (known.isPresent()) {
      return compare(terms, known.get().terms());
    }
    AccountFlags flags = terms.flags();
    if (!flags.equals(flags.chosen())) {
      return AccountStatus.FLAGS_NOT_FOR_OPENING;
    }
    if (flags.limitsBothWays()) {
      return AccountStatus.FLAGS_EXCLUDE_EACH_OTHER;
    }
    if (!terms.allowance().isZero() && !flags.limits()) {
      return AccountStatus.ALLOWANCE_WITHOUT_LIMIT;
    }
    book.put(new Account(terms, now, 0, Balance.ZERO));
    return AccountStatus.OK;
  }

  private static AccountStatus compare(AccountTerms asked, AccountTerms known) {
    if (!asked.flags().equals(known.flags().chosen())) {
      return AccountStatus.EXISTS_WITH_DIFFERENT_FLAGS;
    }
    if (asked.token() != known.token()) {
      return AccountStatus.EXISTS_WITH_DIFFERENT_TOKEN;
    }
    if (asked.code() != known.code()) {
      return AccountStatus.EXISTS_WITH_DIFFERENT_CODE;
    }
    if (!asked.allowance().equals(known.allowance())) {
      return AccountStatus.EXISTS_WITH_DIFFERENT_ALLOWANCE;
    }
    return asked.lockedUntil() == known.lockedUntil()
        ? AccountStatus.EXISTS
        : AccountStatus.EXISTS_WITH_DIFFERENT_LOCK;
  }

  static AccountStatus freeze(AccountId id, boolean frozen, Book book) {
    Optional<Account> known = book.account(id);
    if (known.isEmpty()) {
      return AccountStatus.UNKNOWN;
    }
    Account account = known.get();
    if (account.is(AccountFlags.CLOSED)) {
      return AccountStatus.CLOSED;
    }
    if (account.is(AccountFlags.FROZEN) == frozen) {
      return frozen ? AccountStatus.FROZEN : AccountStatus.NOT_FROZEN;
    }
    AccountFlags flags = account.terms().flags();
    book.put(
        account.with(
            frozen ? flags.with(AccountFlags.FROZEN) : flags.without(AccountFlags.FROZEN)));
    return AccountStatus.OK;
  }

  static AccountStatus close(AccountId id, Book book) {
    Optional<Account> known = book.account(id);
    if (known.isEmpty()) {
      return AccountStatus.UNKNOWN;
    }
    Account account = known.get();
    if (account.is(AccountFlags.CLOSED)) {
      return AccountStatus.CLOSED;
    }
    if (account.is(AccountFlags.FROZEN)) {
      return AccountStatus.FROZEN;
    }
    if (account.balance().hasPending()) {
      return AccountStatus.PENDING_LEFT;
    }
    if (!account.balance().debitsPosted().equals(account.balance().creditsPosted())) {
      return AccountStatus.BALANCE_LEFT;
    }
    book.put(account.with(account.terms().flags().with(AccountFlags.CLOSED)));
    return AccountStatus.OK;
  }
}
