package io.metanode.containers.volume;

import io.metanode.containers.http.ApiException;
import io.metanode.foundation.Randomness;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names of volumes, by Docker's rules. */
final class VolumeName {

  private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
  private static final int ANONYMOUS_BYTES = 32;
  private static final int MOST_CHARACTERS = 255;

  private VolumeName() {}

  /** A new name for a volume nobody named. */
  static String anonymous(Randomness randomness) {
    return HexFormat.of().formatHex(randomness.bytes(ANONYMOUS_BYTES));
  }

  /**
   * @throws ApiException 400 if it is no name for a volume
   */
  static void require(String name) throws ApiException {
    if (name.length() == 1) {
      throw ApiException.badRequest(
          "create "
              + name
              + ": volume name is too short, names should be at least two alphanumeric characters");
    }
    if (!VALID.matcher(name).matches() || name.length() > MOST_CHARACTERS) {
      throw ApiException.badRequest(
          "create "
              + name
              + ": \""
              + name
              + "\" includes invalid characters for a local volume name, only"
              + " \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host"
              + " directory, use absolute path");
    }
  }
}
