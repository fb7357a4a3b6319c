package io.metanode.containers.build;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.registry.Credentials;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.util.Map;
import java.util.Optional;

/** What a client is asked for while its image is built. */
public interface BuildPeer {

  /** Who the engine is to a registry, by its domain. */
  Credentials credentials(String registry) throws ApiException;

  /**
   * A secret of this name; empty if the client has none.
   *
   * @throws ApiException if it cannot be asked
   */
  Optional<byte[]> secret(String id) throws ApiException;

  /**
   * Whether the client forwards an SSH agent of this name.
   *
   * @throws ApiException if it cannot be asked
   */
  boolean hasAgent(String id) throws ApiException;

  /**
   * Lets whoever is at the other end of a connection talk to that agent; closes the connection when
   * either has ended.
   */
  void forwardAgent(String id, ByteChannel connection) throws IOException;

  /** A client that sent its credentials with the request, and answers nothing more. */
  static BuildPeer silent(Map<String, Credentials> credentials) {
    Map<String, Credentials> known = Map.copyOf(credentials);
    return new BuildPeer() {
      @Override
      public Credentials credentials(String registry) {
        return known.getOrDefault(registry, Credentials.NONE);
      }

      @Override
      public Optional<byte[]> secret(String id) throws ApiException {
        throw cannot("the secret \"" + id + "\"");
      }

      @Override
      public boolean hasAgent(String id) throws ApiException {
        throw cannot("the SSH agent \"" + id + "\"");
      }

      @Override
      public void forwardAgent(String id, ByteChannel connection) throws IOException {
        throw new IOException("no SSH agent is there");
      }

      private static ApiException cannot(String what) {
        return ApiException.badRequest(
            "the step asks for "
                + what
                + ", which the classic builder's clients cannot send: build with docker buildx");
      }
    };
  }
}
