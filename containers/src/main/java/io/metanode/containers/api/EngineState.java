package io.metanode.containers.api;

import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.image.layer.Layer;
import io.metanode.containers.volume.Volume;
import io.metanode.containers.volume.Volumes;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Counts and disk usage of the whole engine. */
public final class EngineState implements SystemState {

  private final Engine engine;
  private final ImageStore images;
  private final Volumes volumes;
  private final Supplier<List<String>> warnings;

  public EngineState(
      Engine engine, ImageStore images, Volumes volumes, Supplier<List<String>> warnings) {
    this.engine = engine;
    this.images = images;
    this.volumes = volumes;
    this.warnings = warnings;
  }

  @Override
  public Counts counts() {
    int running = 0;
    int paused = 0;
    int stopped = 0;
    for (Container container : engine.containers().all()) {
      switch (container.state().status()) {
        case RUNNING, RESTARTING -> running++;
        case PAUSED -> paused++;
        case CREATED, EXITED, REMOVING, DEAD -> stopped++;
      }
    }
    return new Counts(running, paused, stopped, images.all().size());
  }

  @Override
  public List<String> warnings() {
    return warnings.get();
  }
}
