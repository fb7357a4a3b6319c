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

  /** It runs: what it mounts is told first. */
  void started(Container container) {
    for (MountPoint mount : container.definition().mounts()) {
      volume(
          container,
          "mount",
          mount,
          Map.of(
              "destination", mount.destination(),
              "driver", "local",
              "propagation", mount.propagation(),
              "read/write", Boolean.toString(mount.writable())));
    }
    publish(container, "start");
  }

  /** It ended, and lets go of what it mounted. */
  void died(Container container, int exitCode) {
    publish(container, "die", Map.of("exitCode", Integer.toString(exitCode)));
    for (MountPoint mount : container.definition().mounts()) {
      volume(container, "unmount", mount, Map.of("driver", "local"));
    }
  }

  private void volume(
      Container container, String action, MountPoint mount, Map<String, String> attributes) {
    if (mount.type().equals("volume")) {
      Map<String, String> all = new LinkedHashMap<>(attributes);
      all.put("container", container.id());
      bus.publish(new Event("volume", action, mount.name(), all, clock.now()));
    }
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
