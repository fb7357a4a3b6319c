package io.metanode.containers.http;

import java.util.Optional;

/** A version of the Docker Engine API, such as 1.44. */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {

  /** The newest version served. */
  public static final ApiVersion NEWEST = new ApiVersion(1, 48);

  /** The first Docker Engine that served {@link #NEWEST}. */
  public static final String ENGINE = "28.0.0";

  /** The oldest version served. */
  public static final ApiVersion OLDEST = new ApiVersion(1, 24);

  /** The oldest version taken for {@link #OLDEST}: tools that copy images ask for it. */
  static final ApiVersion OLDEST_TAKEN = new ApiVersion(1, 22);

  /** Reads {@code 1.44}; empty if the text is anything else. */
  public static Optional<ApiVersion> parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 1 || dot > 3 || text.length() - dot - 1 < 1 || text.length() - dot - 1 > 3) {
      return Optional.empty();
    }
    String digits = text.substring(0, dot) + text.substring(dot + 1);
    if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    return Optional.of(
        new ApiVersion(
            Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1))));
  }

  public boolean atLeast(int minor) {
    return compareTo(new ApiVersion(1, minor)) >= 0;
  }

  @Override
  public int compareTo(ApiVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
