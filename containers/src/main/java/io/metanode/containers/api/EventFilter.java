package io.metanode.containers.api;

import io.metanode.containers.event.Event;
import io.metanode.containers.http.ApiException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Which events a client of {@code GET /events} wants. */
final class EventFilter implements Predicate<Event> {

  private static final Set<String> NAMES =
      Set.of(
          "config",
          "container",
          "daemon",
          "event",
          "image",
          "label",
          "network",
          "node",
          "plugin",
          "scope",
          "secret",
          "service",
          "type",
          "volume");

  private final Filters filters;

  /**
   * @throws ApiException 400 if there is a filter that events do not have
   */
  EventFilter(Filters filters) throws ApiException {
    this.filters = filters.allowing(NAMES);
  }

  @Override
  public boolean test(Event event) {
    return filters.is("type", event.type())
        && filters.any("event", wanted -> isAction(event.action(), wanted))
        && filters.is("scope", "local")
        && filters.labels(event.attributes())
        && about("container", event, event.type().equals("container") ? event.actorId() : "")
        && about("network", event, event.type().equals("network") ? event.actorId() : "")
        && about("volume", event, event.type().equals("volume") ? event.actorId() : "")
        && filters.any("image", wanted -> isImage(event, wanted));
  }

  /** Actions such as {@code exec_create: ls} are found by the part before the colon too. */
  private static boolean isAction(String action, String wanted) {
    return action.equals(wanted) || action.startsWith(wanted + ":");
  }

  private boolean about(String type, Event event, String id) {
    return filters.any(
        type,
        wanted ->
            event.type().equals(type)
                && (id.startsWith(wanted) || wanted.equals(event.attributes().get("name"))));
  }

  private static boolean isImage(Event event, String wanted) {
    String name =
        Optional.ofNullable(event.attributes().get("image"))
            .or(() -> Optional.ofNullable(event.attributes().get("name")))
            .orElse("");
    boolean typed = event.type().equals("image") || event.type().equals("container");
    return typed
        && (wanted.equals(name)
            || wanted.equals(withoutTag(name))
            || (event.type().equals("image") && event.actorId().startsWith(wanted)));
  }

  private static String withoutTag(String name) {
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
  }
}
