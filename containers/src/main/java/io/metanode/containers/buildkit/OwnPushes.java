package io.metanode.containers.buildkit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a client pushes an image by itself once it is built here. The output it sends is the same
 * either way, and its version is not sent: buildx pushes by itself before 0.22, which no release
 * after the step to gRPC 1.69 in 0.21 does. 0.21 alone is taken for a later one.
 */
final class OwnPushes {

  private static final Pattern AGENT = Pattern.compile("grpc-go/1\\.([0-9]{1,6})\\.");
  private static final int FIRST_WITHOUT = 69;

  private OwnPushes() {}

  /**
   * @param agent the header {@code user-agent} of the call
   */
  static boolean by(String agent) {
    Matcher matcher = AGENT.matcher(agent);
    return matcher.find() && Integer.parseInt(matcher.group(1)) < FIRST_WITHOUT;
  }
}
