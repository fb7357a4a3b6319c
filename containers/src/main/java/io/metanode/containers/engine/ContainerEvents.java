package io.metanode.containers.engine;

import io.metanode.containers.event.Event;
import io.metanode.containers.event.EventBus;
import io.metanode.foundation.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Publishes what happens to containers with the attributes Docker gives them. */
final class ContainerEvents {

  private final EventBus bus;
  private final Clock clock;

  ContainerEvents(EventBus bus, Clock clock) {
    this.bus = bus;
    this.clock = clock;
  }

  void publish(Container container, String action) {
    publish(container, action, Map.of());
  }

  void publish(Container container, String action, Map<String, String> more) {
    Map<String, String> attributes = new LinkedHashMap<>(container.definition().config().labels());
    attributes.put("image", container.definition().config().image());
    attributes.put("name", container.state().name());
    attributes.putAll(more);
    bus.publish(new Event("container", action, container.id(), attributes, clock.now()));
  }
}
