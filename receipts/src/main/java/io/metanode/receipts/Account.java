package io.metanode.receipts;

import java.util.regex.Pattern;

/**
 * Who pays for what a container uses: names without spaces and signs of other meaning, so that they
 * can stand in any list.
 *
 * @param tenant who pays
 * @param app what of the tenant's it belongs to; {@code -} where nothing was said
 */
public record Account(String tenant, String app) {

  /** The app of containers that name none. */
  public static final String NO_APP = "-";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,127}");

  /**
   * @throws IllegalArgumentException if a name is none
   */
  public Account {
    if (!isName(tenant) || !(isName(app) || app.equals(NO_APP))) {
      throw new IllegalArgumentException(
          "a tenant and an app are 1 to 128 letters, digits and ._/:@-, the first a letter or"
              + " digit");
    }
  }

  /** Whether a text can name a tenant or an app. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
