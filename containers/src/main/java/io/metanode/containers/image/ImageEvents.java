package io.metanode.containers.image;

import io.metanode.containers.event.Event;
import io.metanode.containers.event.EventBus;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import java.util.HashMap;
import java.util.Map;

/** Publishes what happens to images with the attributes Docker gives them: labels and a name. */
public final class ImageEvents {

  private final EventBus bus;
  private final Clock clock;

  public ImageEvents(EventBus bus, Clock clock) {
    this.bus = bus;
    this.clock = clock;
  }

  /** An image was made here. It is not told by its labels, so that a filter finds its names. */
  public void made(Digest id) {
    publish(id, "create", id.toString(), Map.of());
  }

  /** An image was given a name. */
  public void named(Image image, ImageReference name) {
    publish(image.id(), "tag", name.familiar(), image.config().labels());
  }

  void publish(Digest id, String action, String name, Map<String, String> labels) {
    Map<String, String> attributes = new HashMap<>(labels);
    attributes.put("name", name);
    bus.publish(new Event("image", action, id.toString(), attributes, clock.now()));
  }

  /** Images that nothing used were removed. */
  void pruned(long reclaimedBytes) {
    Map<String, String> attributes = Map.of("reclaimed", Long.toString(reclaimedBytes));
    bus.publish(new Event("image", "prune", "", attributes, clock.now()));
  }
}
