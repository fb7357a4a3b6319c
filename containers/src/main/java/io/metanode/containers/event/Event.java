package io.metanode.containers.event;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened, as {@code GET /events} reports it.
 *
 * @param type {@code container}, {@code image}, {@code network} or {@code volume}
 * @param action for example {@code start}
 * @param actorId the id of the container, image, network or volume
 * @param attributes for example {@code name}, {@code image} and the labels
 * @param time when
 */
public record Event(
    String type, String action, String actorId, Map<String, String> attributes, Instant time) {

  public Event {
    attributes = Map.copyOf(attributes);
  }
}
