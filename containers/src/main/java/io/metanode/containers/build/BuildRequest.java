package io.metanode.containers.build;

import io.metanode.containers.image.ImageReference;
import io.metanode.containers.registry.Platform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client asks of a build.
 *
 * @param names what the image is called
 * @param dockerfile where the Dockerfile is in the context
 * @param target the stage to build; empty for the last
 * @param cacheFrom images whose steps alone may be used again; empty for those of all
 * @param noCache whether nothing that was built before is used
 * @param pull whether base images are asked for anew
 * @param remove whether containers of steps that succeeded are removed
 * @param forceRemove whether those of steps that failed are too
 * @param arguments values of {@code ARG}s; empty where only the name was given
 * @param labels of the image
 * @param hostConfig of the containers that run steps, as the API has it
 * @param platform of base images that are pulled
 * @param neededOnly whether stages that the target does not need are left out
 */
public record BuildRequest(
    List<ImageReference> names,
    String dockerfile,
    String target,
    List<String> cacheFrom,
    boolean noCache,
    boolean pull,
    boolean remove,
    boolean forceRemove,
    Map<String, Optional<String>> arguments,
    Map<String, String> labels,
    ObjectNode hostConfig,
    Platform platform,
    boolean neededOnly) {

  public BuildRequest {
    names = List.copyOf(names);
    cacheFrom = List.copyOf(cacheFrom);
    arguments = new LinkedHashMap<>(arguments);
    labels = new LinkedHashMap<>(labels);
  }
}
