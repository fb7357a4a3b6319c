package io.metanode.containers.engine;

import io.metanode.containers.runtime.ProcessStreams;
import io.metanode.containers.runtime.StreamSelection;
import java.util.concurrent.CompletableFuture;

/**
 * A client that attached before the container was started.
 *
 * @param selection the streams it wants
 * @param connected completes with the streams when the container starts; exceptionally if it will
 *     not
 */
record PendingAttachment(StreamSelection selection, CompletableFuture<Connection> connected) {

  /**
   * Streams, and the condition under which bytes may flow.
   *
   * @param durable completes when the receipts the bytes depend on are durable
   */
  record Connection(ProcessStreams streams, CompletableFuture<Void> durable) {}
}
