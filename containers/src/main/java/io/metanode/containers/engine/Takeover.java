package io.metanode.containers.engine;

import io.metanode.containers.http.HttpExchange.Hijacked;
import java.io.IOException;

/** Takes a client's connection over. */
@FunctionalInterface
public interface Takeover {
  Hijacked take() throws IOException;
}
