package io.metanode.containers.registry;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an image runs on, in normal form: {@code linux/amd64}, {@code linux/arm64}, {@code
 * linux/arm/v7}.
 *
 * @param variant of the architecture; empty for the usual one
 */
public record Platform(String os, String architecture, String variant) {

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]+");

  /** Other names for the same, and the usual variant left out, as containerd does it. */
  public Platform {
    os = os.toLowerCase(Locale.ROOT);
    String name = architecture.toLowerCase(Locale.ROOT);
    architecture =
        switch (name) {
          case "x86_64", "x86-64" -> "amd64";
          case "i386", "i486", "i586", "i686" -> "386";
          case "aarch64" -> "arm64";
          case "armhf", "armel" -> "arm";
          default -> name;
        };
    boolean usual =
        switch (architecture) {
          case "amd64" -> variant.equals("v1");
          case "arm64" -> variant.equals("v8") || variant.equals("8");
          default -> false;
        };
    variant = usual ? "" : variant.toLowerCase(Locale.ROOT);
    if (architecture.equals("arm") && variant.isEmpty()) {
      variant = name.equals("armel") ? "v6" : "v7";
    }
  }

  /**
   * Reads {@code os}, {@code architecture}, {@code os/architecture} or {@code
   * os/architecture/variant}; what is left out is the host's.
   */
  public static Optional<Platform> parse(String text, Platform host) {
    String[] parts = text.split("/", -1);
    for (String part : parts) {
      if (!WORD.matcher(part).matches()) {
        return Optional.empty();
      }
    }
    return switch (parts.length) {
      case 1 ->
          Optional.of(
              parts[0].equals("linux") || parts[0].equals("windows")
                  ? new Platform(parts[0], host.architecture(), host.variant())
                  : new Platform(host.os(), parts[0], ""));
      case 2 -> Optional.of(new Platform(parts[0], parts[1], ""));
      case 3 -> Optional.of(new Platform(parts[0], parts[1], parts[2]));
      default -> Optional.empty();
    };
  }

  /**
   * How well an image for {@code other} runs here: 0 best, greater is worse; empty if it does not.
   */
  Optional<Integer> distance(Platform other) {
    if (!os.equals(other.os) || !architecture.equals(other.architecture)) {
      return Optional.empty();
    }
    if (variant.equals(other.variant)) {
      return Optional.of(0);
    }
    int wanted = level(variant);
    int offered = level(other.variant);
    return offered < wanted ? Optional.of(wanted - offered) : Optional.empty();
  }

  /** Lower variants run where higher ones are wanted: {@code v6} on {@code v7}. */
  private static int level(String variant) {
    return variant.matches("v[0-9]") ? variant.charAt(1) - '0' : variant.isEmpty() ? 1 : 99;
  }

  /** Whether an image for {@code other} runs here. */
  public boolean runs(Platform other) {
    return distance(other).isPresent();
  }

  /** {@code linux/arm/v7}. */
  @Override
  public String toString() {
    return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
  }
}
