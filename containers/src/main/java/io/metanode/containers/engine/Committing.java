package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.Snapshot;
import io.metanode.containers.operation.Done;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Makes images of containers. */
final class Committing {

  private final EngineParts parts;
  private final Stopping stopping;
  private final ContainerEvents events;

  Committing(EngineParts parts, Stopping stopping, ContainerEvents events) {
    this.parts = parts;
    this.stopping = stopping;
    this.events = events;
  }

  /**
   * Makes an image of a container; returns once its receipt, {@code container.commit}, is durable.
   *
   * @param pause whether a running container stands still meanwhile
   * @param name what the image is called; empty for nothing
   * @param arguments of the operation, for its receipt
   */
  Digest commit(
      Actor actor,
      Container container,
      boolean pause,
      Optional<String> name,
      JsonNode arguments,
      ImageMaking making)
      throws ApiException, IOException {
    Digest image =
        parts
            .operations()
            .perform(
                Steps.of(
                    actor,
                    "container.commit",
                    container,
                    Map.of("newImage", name.orElse("")),
                    arguments),
                Steps.subjects(container),
                () -> {
                  Digest made = still(actor, container, pause, making);
                  List<Subject> subjects = new ArrayList<>(Steps.subjects(container));
                  subjects.add(new Subject("image/" + name.orElse(made.toString()), made));
                  return new Done<>(made, subjects, new Outcome.Done(), Usage.ONE_RECEIPT);
                });
    events.publish(
        container, "commit", Map.of("imageID", image.toString(), "imageRef", name.orElse("")));
    return image;
  }

  private Digest still(Actor actor, Container container, boolean pause, ImageMaking making)
      throws ApiException, IOException {
    Snapshot snapshot =
        parts
            .snapshots()
            .open(container.id())
            .orElseThrow(() -> ApiException.notFound("No such container: " + container.id()));
    boolean paused = pause && pause(actor, container);
    try {
      return making.from(snapshot);
    } finally {
      if (paused) {
        whileItRuns(container, () -> stopping.unpause(actor, container));
      }
    }
  }

  private boolean pause(Actor actor, Container container) throws ApiException, IOException {
    return container.state().status() == Status.RUNNING
        && whileItRuns(container, () -> stopping.pause(actor, container));
  }

  /** What pauses or unpauses. */
  @FunctionalInterface
  private interface Toggle {
    void run() throws ApiException, IOException;
  }

  /** False if there was nothing left to pause: it may end, or be unpaused, at any time. */
  private static boolean whileItRuns(Container container, Toggle toggle)
      throws ApiException, IOException {
    Status before = container.state().status();
    try {
      toggle.run();
      return true;
    } catch (ApiException e) {
      if (before.alive() && container.state().status() == before) {
        throw e;
      }
      return false;
    }
  }
}
