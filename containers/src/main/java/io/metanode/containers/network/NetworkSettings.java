package io.metanode.containers.network;

import io.metanode.foundation.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * What can be chosen about networks.
 *
 * @param state the directory where networks made by users are kept
 * @param instance tells this node's bridges and rules from those of others on the host; eight
 *     hexadecimal digits
 * @param bridgePrefix the default bridge is called this and the first number that is free
 * @param subnet of the default bridge; empty for the first that collides with nothing
 * @param poolSize how many network namespaces are held ready
 */
public record NetworkSettings(
    Path state, String instance, String bridgePrefix, Optional<Subnet> subnet, int poolSize) {

  private static final int INSTANCE_DIGITS = 8;
  private static final int POOL_SIZE = 6;

  /** The usual settings of the node whose data are in {@code home}. */
  public static NetworkSettings of(Path home) {
    return new NetworkSettings(
        home.resolve("networks"),
        hex("instance " + home.toAbsolutePath().normalize()).substring(0, INSTANCE_DIGITS),
        "metanode",
        Optional.empty(),
        POOL_SIZE);
  }

  /** The name of the node's nftables table. */
  String table() {
    return "metanode_" + instance;
  }

  /** What the alias of this node's bridges begins with. */
  String aliasPrefix() {
    return "metanode " + instance + " ";
  }

  /** The id of a network that every node has. */
  String predefinedId(String name) {
    return hex("network " + instance + " " + name);
  }

  private static String hex(String text) {
    try {
      return Digest.ofBytes(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
          .hex();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
