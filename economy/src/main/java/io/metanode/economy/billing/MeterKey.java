package io.metanode.economy.billing;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.regex.Pattern;

/** Whose usage it is: the tenant's, by application and container. */
public record MeterKey(String tenant, String app, String container)
    implements Comparable<MeterKey> {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,127}");

  /** The app of containers that name none. */
  private static final String NO_APP = "-";

  private static final Comparator<MeterKey> ORDER =
      Comparator.comparing(MeterKey::tenant)
          .thenComparing(MeterKey::app)
          .thenComparing(MeterKey::container);

  /**
   * @throws IllegalArgumentException if a name is not of 1 to 128 letters, digits and {@code
   *     ._/:@-}, the first a letter or digit; an app may also be {@code -}
   */
  public MeterKey {
    requireName(tenant);
    if (!app.equals(NO_APP)) {
      requireName(app);
    }
    requireName(container);
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  static void requireName(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("not a name of a meter: " + name);
    }
  }

  /** The names, each with a zero byte behind it: no two keys have the same bytes. */
  byte[] bytes() {
    return (tenant + '\0' + app + '\0' + container + '\0').getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public int compareTo(MeterKey other) {
    return ORDER.compare(this, other);
  }
}
