package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import io.metanode.crypto.Sha256;
import io.metanode.receipts.Account;
import io.metanode.receipts.Actor;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/** Who pays for a container: as its labels say, else whoever makes it. */
final class Payer {

  static final String TENANT = "io.metanode.tenant";
  static final String APP = "io.metanode.app";

  private static final int DIGEST_BYTES = 16;

  private Payer() {}

  /**
   * @param labels those the client gave
   * @throws ApiException 400 if a label is no name
   */
  static Account of(Actor actor, Map<String, String> labels) throws ApiException {
    String tenant = label(labels, TENANT, name(actor));
    return new Account(tenant, label(labels, APP, Account.NO_APP));
  }

  private static String label(Map<String, String> labels, String key, String otherwise)
      throws ApiException {
    String value = labels.get(key);
    if (value == null) {
      return otherwise;
    }
    if (!Account.isName(value)) {
      throw ApiException.badRequest(
          "label "
              + key
              + " must be 1 to 128 letters, digits and ._/:@-, the first a letter or digit");
    }
    return value;
  }

  /**
   * The actor's name; one that can name no tenant stands as a digest, so that none is another's.
   */
  private static String name(Actor actor) {
    if (Account.isName(actor.name())) {
      return actor.name();
    }
    byte[] digest = Sha256.of(actor.toString().getBytes(StandardCharsets.UTF_8));
    return "actor:" + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
  }
}
