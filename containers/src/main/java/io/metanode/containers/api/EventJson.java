package io.metanode.containers.api;

import io.metanode.containers.event.Event;
import io.metanode.containers.http.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as a line of {@code GET /events}:
 *
 * <pre>{"status":"start","id":"…","from":"busybox","Type":"container","Action":"start",
 * "Actor":{"ID":"…","Attributes":{"image":"busybox","name":"a"}},"scope":"local",
 * "time":1767323045,"timeNano":1767323045123456789}</pre>
 */
final class EventJson {

  private EventJson() {}

  static ObjectNode of(Event event) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    if (event.type().equals("container") || event.type().equals("image")) {
      json.put("status", event.action());
      json.put("id", event.actorId());
    }
    if (event.type().equals("container")) {
      json.put("from", event.attributes().getOrDefault("image", ""));
    }
    json.put("Type", event.type());
    json.put("Action", event.action());
    ObjectNode actor = json.putObject("Actor");
    actor.put("ID", event.actorId());
    ObjectNode attributes = actor.putObject("Attributes");
    new TreeMap<>(event.attributes()).forEach(attributes::put);
    json.put("scope", "local");
    json.put("time", event.time().getEpochSecond());
    json.put("timeNano", ChronoUnit.NANOS.between(Instant.EPOCH, event.time()));
    return json;
  }
}
