package io.metanode.containers.image;

import io.metanode.containers.http.ApiException;
import io.metanode.foundation.Digest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image in normal form, as the distribution specification and Docker read it: {@code
 * domain/path}, with a tag or a digest. {@code busybox} is {@code docker.io/library/busybox}.
 *
 * @param domain the registry, for example {@code docker.io}
 * @param path the repository in it, for example {@code library/busybox}
 * @param tag the tag; empty if the name has none
 * @param digest the digest; empty if the name has none
 */
public record ImageReference(
    String domain, String path, Optional<String> tag, Optional<Digest> digest) {

  public static final String DEFAULT_TAG = "latest";

  private static final String DEFAULT_DOMAIN = "docker.io";
  private static final String LEGACY_DOMAIN = "index.docker.io";
  private static final String OFFICIAL = "library/";
  private static final int MOST_NAME_CHARACTERS = 255;

  private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
  private static final String HOST =
      "(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?";
  private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern FORM =
      Pattern.compile(
          "(?<name>(?:"
              + HOST
              + "/)?"
              + COMPONENT
              + "(?:/"
              + COMPONENT
              + ")*)(?::(?<tag>[\\w][\\w.-]{0,127}))?"
              + "(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?");
  private static final Pattern IDENTIFIER = Pattern.compile("[a-f0-9]{64}");

  /**
   * Reads a name as people write it.
   *
   * @throws ApiException 400, with Docker's words, if it is not a name
   */
  public static ImageReference parse(String text) throws ApiException {
    if (IDENTIFIER.matcher(text).matches()) {
      throw ApiException.badRequest(
          "invalid repository name (" + text + "), cannot specify 64-byte hexadecimal strings");
    }
    String domain = DEFAULT_DOMAIN;
    String rest = text;
    int slash = text.indexOf('/');
    if (slash >= 0 && isDomain(text.substring(0, slash))) {
      domain = text.substring(0, slash);
      rest = text.substring(slash + 1);
    }
    if (domain.equals(LEGACY_DOMAIN)) {
      domain = DEFAULT_DOMAIN;
    }
    if (domain.equals(DEFAULT_DOMAIN) && rest.indexOf('/') < 0) {
      rest = OFFICIAL + rest;
    }
    requireLowerCase(rest);
    return match(domain, rest, domain + "/" + rest);
  }

  private static boolean isDomain(String first) {
    return first.contains(".")
        || first.contains(":")
        || first.equals("localhost")
        || !first.toLowerCase(Locale.ROOT).equals(first);
  }

  private static void requireLowerCase(String rest) throws ApiException {
    int colon = rest.indexOf(':');
    int at = rest.indexOf('@');
    int end = colon >= 0 ? colon : at >= 0 ? at : rest.length();
    String name = rest.substring(0, end);
    if (!name.toLowerCase(Locale.ROOT).equals(name)) {
      throw ApiException.badRequest(
          "invalid reference format: repository name (" + name + ") must be lowercase");
    }
  }

  private static ImageReference match(String domain, String rest, String whole)
      throws ApiException {
    Matcher matcher = FORM.matcher(whole);
    if (rest.isEmpty() || !matcher.matches()) {
      throw ApiException.badRequest("invalid reference format");
    }
    String path = matcher.group("name").substring(domain.length() + 1);
    if (path.length() > MOST_NAME_CHARACTERS) {
      throw ApiException.badRequest(
          "repository name must not be more than " + MOST_NAME_CHARACTERS + " characters");
    }
    Optional<Digest> digest = Optional.empty();
    if (matcher.group("digest") != null) {
      digest = Digest.parse(matcher.group("digest"));
      if (digest.isEmpty()) {
        throw ApiException.badRequest("invalid reference format: unsupported digest algorithm");
      }
    }
    return new ImageReference(domain, path, Optional.ofNullable(matcher.group("tag")), digest);
  }

  /** With the tag {@code latest} if it has neither tag nor digest. */
  public ImageReference orLatest() {
    return tag.isPresent() || digest.isPresent() ? this : withTag(DEFAULT_TAG);
  }

  /** What an image is kept under: a digest says more than a tag beside it. */
  public ImageReference key() {
    return digest.isPresent()
        ? new ImageReference(domain, path, Optional.empty(), digest)
        : orLatest();
  }

  /** The same repository with this digest alone. */
  public ImageReference withDigest(Digest newDigest) {
    return new ImageReference(domain, path, Optional.empty(), Optional.of(newDigest));
  }

  /** The same repository with this tag alone; the tag must be well-formed. */
  public ImageReference withTag(String newTag) {
    return new ImageReference(domain, path, Optional.of(newTag), Optional.empty());
  }

  /** Whether it names the repository alone. */
  public boolean isNameOnly() {
    return tag.isEmpty() && digest.isEmpty();
  }

  /** The repository in full: {@code docker.io/library/busybox}. */
  public String name() {
    return domain + "/" + path;
  }

  /** The repository as people write it: {@code busybox}. */
  public String familiarName() {
    if (!domain.equals(DEFAULT_DOMAIN)) {
      return name();
    }
    return path.startsWith(OFFICIAL) && path.indexOf('/', OFFICIAL.length()) < 0
        ? path.substring(OFFICIAL.length())
        : path;
  }

  /** As people write it: {@code busybox:latest}. */
  public String familiar() {
    return familiarName() + suffix();
  }

  /** In full: {@code docker.io/library/busybox:latest}. */
  @Override
  public String toString() {
    return name() + suffix();
  }

  private String suffix() {
    return tag.map(t -> ":" + t).orElse("") + digest.map(d -> "@" + d).orElse("");
  }
}
