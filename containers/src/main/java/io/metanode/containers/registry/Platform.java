package io.metanode.containers.registry;

import io.metanode.containers.http.ApiException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an image runs on, in normal form: {@code linux/amd64}, {@code linux/arm64}, {@code
 * linux/arm/v7}.
 *
 * @param variant of the architecture; empty for the usual one
 */
public record Platform(String os, String architecture, String variant) {

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final Pattern SYSTEM = Pattern.compile("[A-Za-z0-9_-]+");

  /** What a single word may name; in longer forms any word does. */
  private static final Set<String> SYSTEMS =
      Set.of("android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "solaris", "windows");

  private static final Set<String> ARCHITECTURES =
      Set.of(
          "386",
          "amd64",
          "arm",
          "arm64",
          "loong64",
          "mips",
          "mips64",
          "mips64le",
          "mipsle",
          "ppc64",
          "ppc64le",
          "riscv64",
          "s390x",
          "wasm");

  /** Other names for the same, and the usual variant left out, as containerd does it. */
  public Platform {
    os = os.toLowerCase(Locale.ROOT);
    os = os.equals("macos") ? "darwin" : os;
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
      case 1 -> one(parts[0], host);
      case 2 -> Optional.of(new Platform(parts[0], parts[1], ""));
      case 3 -> Optional.of(new Platform(parts[0], parts[1], parts[2]));
      default -> Optional.empty();
    };
  }

  private static Optional<Platform> one(String word, Platform host) {
    Platform system = new Platform(word, host.architecture(), host.variant());
    Platform other = new Platform(host.os(), word, "");
    return SYSTEMS.contains(system.os)
        ? Optional.of(system)
        : Optional.of(other).filter(one -> ARCHITECTURES.contains(one.architecture));
  }

  /**
   * Reads what {@link #parse} does.
   *
   * @throws ApiException 400, in Docker's words, for what is no platform
   */
  public static Platform require(String text, Platform host) throws ApiException {
    Optional<Platform> parsed = parse(text, host);
    if (parsed.isPresent()) {
      return parsed.get();
    }
    String[] parts = text.split("/", -1);
    if (!SYSTEM.matcher(parts[0]).matches()) {
      throw ApiException.badRequest(
          "\"%s\" is an invalid OS component of \"%s\"".formatted(parts[0], text));
    }
    for (String part : parts) {
      if (!WORD.matcher(part).matches()) {
        throw ApiException.badRequest(
            "\"%s\" is an invalid component of \"%s\"".formatted(part, text));
      }
    }
    throw ApiException.badRequest(
        "\""
            + text
            + (parts.length == 1
                ? "\": unknown operating system or architecture"
                : "\": cannot parse platform specifier"));
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
