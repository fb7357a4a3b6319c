package io.metanode.containers.buildkit;

import io.metanode.containers.http.ApiException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line {@code # syntax=…} that names the frontend of a Dockerfile. Docker's own, whatever its
 * version, is what is built in here; another is an image that would make a graph, and is refused.
 */
final class Syntax {

  private static final Pattern DIRECTIVE =
      Pattern.compile("#\\s*([A-Za-z][A-Za-z0-9]*)\\s*=\\s*(.+?)\\s*");
  private static final Pattern BUILT_IN =
      Pattern.compile(
          "(docker\\.io/)?docker/dockerfile(-upstream)?(:[A-Za-z0-9._-]+)?(@sha256:[0-9a-f]+)?");

  private Syntax() {}

  /**
   * @param asked by the client, which wins over the file; empty for what the file says
   */
  static void check(String dockerfile, String asked) throws ApiException {
    String image = asked.isEmpty() ? named(dockerfile) : asked;
    if (!image.isEmpty() && !BUILT_IN.matcher(image.split("\\s", 2)[0]).matches()) {
      throw new ApiException(
          501,
          "the frontend "
              + image
              + " is not supported by this engine, which builds Dockerfiles of docker/dockerfile:1"
              + " itself: leave the line # syntax= out");
    }
  }

  /** What directives at the top of the file name; the first line that is none ends them. */
  private static String named(String dockerfile) {
    String text = dockerfile.startsWith("\uFEFF") ? dockerfile.substring(1) : dockerfile;
    for (String line : text.lines().toList()) {
      Matcher directive = DIRECTIVE.matcher(line.strip());
      if (!directive.matches()) {
        return "";
      }
      if (directive.group(1).equalsIgnoreCase("syntax")) {
        return directive.group(2);
      }
    }
    return "";
  }
}
