package io.metanode.containers.http;

import java.io.IOException;

/** Answers one request. */
@FunctionalInterface
public interface HttpHandler {

  /**
   * @throws ApiException to answer with Docker's error body {@code {"message": …}}
   * @throws IOException if the client went away
   */
  void handle(HttpExchange exchange) throws ApiException, IOException;
}
