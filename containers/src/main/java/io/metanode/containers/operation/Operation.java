package io.metanode.containers.operation;

import io.metanode.foundation.Digest;
import io.metanode.receipts.Account;
import io.metanode.receipts.Actor;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;

/**
 * An operation before it runs.
 *
 * @param actor who asks
 * @param name {@code noun.verb}, for example {@code container.start}
 * @param attributes facts that policy rules may test
 * @param arguments SHA-256 of the arguments in canonical form
 * @param account who pays for it; empty where nobody does
 */
public record Operation(
    Actor actor,
    String name,
    Map<String, String> attributes,
    Digest arguments,
    Optional<Account> account) {

  public Operation {
    attributes = Map.copyOf(attributes);
  }

  /**
   * @param arguments the arguments in canonical form, for example the request body
   */
  public static Operation of(
      Actor actor, String name, Map<String, String> attributes, byte[] arguments) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(arguments);
      return new Operation(actor, name, attributes, Digest.ofBytes(digest), Optional.empty());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** The same operation, paid for by an account. */
  public Operation paidBy(Optional<Account> payer) {
    return new Operation(actor, name, attributes, arguments, payer);
  }
}
