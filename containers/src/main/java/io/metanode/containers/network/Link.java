package io.metanode.containers.network;

/**
 * What one container calls another.
 *
 * @param target a container's name or id
 * @param alias how it is called
 */
public record Link(String target, String alias) {

  /** Reads {@code NAME} or {@code NAME:ALIAS}, each with or without the leading slash of names. */
  public static Link parse(String text) {
    int colon = text.indexOf(':');
    String target = unslashed(colon < 0 ? text : text.substring(0, colon));
    String alias = colon < 0 ? target : text.substring(colon + 1);
    return new Link(target, unslashed(alias.substring(alias.lastIndexOf('/') + 1)));
  }

  private static String unslashed(String text) {
    return text.startsWith("/") ? text.substring(1) : text;
  }
}
