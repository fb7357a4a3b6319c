package io.metanode.containers.api;

import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.ApiVersion;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.image.ImageUsers.ImageUser;
import io.metanode.containers.volume.Volume;
import io.metanode.containers.volume.Volumes;
import io.metanode.foundation.Clock;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Counts and disk usage of the whole engine. */
public final class EngineState implements SystemState {

  private final Engine engine;
  private final ImageStore images;
  private final Volumes volumes;
  private final Supplier<List<String>> warnings;
  private final Clock clock;

  public EngineState(
      Engine engine,
      ImageStore images,
      Volumes volumes,
      Supplier<List<String>> warnings,
      Clock clock) {
    this.clock = clock;
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

  @Override
  public DiskUsage diskUsage(ApiVersion version) throws ApiException, IOException {
    return new DiskUsage(images.layerBytes(), images(version), containers(), volumes());
  }

  private ArrayNode images(ApiVersion version) throws ApiException {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    ImageEndpointsJson json = new ImageEndpointsJson(images);
    for (Image image : images.all()) {
      if (images.isIntermediate(image.id())) {
        continue;
      }
      ObjectNode summary = json.summary(image, images.references(image.id()), version, 0);
      summary.put(
          "Containers",
          engine.containers().usersOf(image.id()).stream().filter(ImageUser::made).count());
      list.add(summary);
    }
    return list;
  }

  private ArrayNode containers() throws IOException {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    ContainerSizes sizes = new ContainerSizes(engine, images);
    ImageNames names = new ImageNames(images);
    for (Container container : engine.containers().all()) {
      ContainerSummary.Called called = new ContainerSummary.Called(names.of(container), Set.of());
      ObjectNode summary = ContainerSummary.json(container, called, clock.now(), true);
      sizes.add(summary, container);
      list.add(summary);
    }
    return list;
  }

  private ArrayNode volumes() throws IOException {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Volume volume : volumes.all()) {
      ObjectNode json = VolumeEndpoints.json(volume);
      json.putObject("UsageData")
          .put("Size", volumes.bytes(volume))
          .put("RefCount", volumes.users(volume).size());
      list.add(json);
    }
    return list;
  }
}
