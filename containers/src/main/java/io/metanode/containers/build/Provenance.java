package io.metanode.containers.build;

import io.metanode.containers.engine.CanonicalJson;
import io.metanode.containers.http.Json;
import io.metanode.containers.image.ImageReference;
import io.metanode.foundation.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where an image comes from: an in-toto Statement v1 with SLSA's provenance v1
 * (docs/formats/provenance.md has an example).
 *
 * @param buildId names the build
 * @param request what was asked
 * @param dockerfile the digest of the Dockerfile
 * @param context the digest of the context
 * @param version of this program
 */
record Provenance(
    String buildId, BuildRequest request, Digest dockerfile, Digest context, String version) {

  private static final String TYPE = "https://in-toto.io/Statement/v1";
  private static final String PREDICATE = "https://slsa.dev/provenance/v1";
  private static final String BUILD_TYPE = "https://metanode.io/DockerfileBuild/v1";
  private static final String BUILDER = "https://metanode.io/DockLock/v1";

  /** What the client asked for and sent: the arguments of the operation, as they are receipted. */
  byte[] arguments() {
    ObjectNode json = parameters();
    json.put("context", context.toString());
    json.put("dockerfileDigest", dockerfile.toString());
    return CanonicalJson.bytes(json);
  }

  private ObjectNode parameters() {
    ObjectNode json = Json.MAPPER.createObjectNode();
    ObjectNode arguments = json.putObject("buildArgs");
    request.arguments().forEach((name, value) -> arguments.put(name, value.orElse("")));
    json.put("dockerfile", request.dockerfile());
    json.set("hostConfig", request.hostConfig());
    ObjectNode labels = json.putObject("labels");
    request.labels().forEach(labels::put);
    ArrayNode names = json.putArray("names");
    request.names().forEach(name -> names.add(name.toString()));
    json.put("noCache", request.noCache());
    json.put("platform", request.platform().toString());
    json.put("pull", request.pull());
    json.put("target", request.target());
    return json;
  }

  /** The statement about an image, in canonical JSON. */
  byte[] statement(Digest image, Map<String, Digest> bases, Instant startedOn, Instant finishedOn) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("_type", TYPE).put("predicateType", PREDICATE);
    ArrayNode subjects = json.putArray("subject");
    for (String name : names(image)) {
      resource(subjects.addObject(), "image/" + name, image);
    }
    ObjectNode predicate = json.putObject("predicate");
    ObjectNode definition = predicate.putObject("buildDefinition");
    definition.put("buildType", BUILD_TYPE);
    definition.set("externalParameters", parameters());
    ArrayNode dependencies = definition.putArray("resolvedDependencies");
    resource(dependencies.addObject(), "dockerfile/" + request.dockerfile(), dockerfile);
    resource(dependencies.addObject(), "context", context);
    bases.forEach((name, base) -> resource(dependencies.addObject(), "image/" + name, base));
    ObjectNode run = predicate.putObject("runDetails");
    run.putObject("builder").put("id", BUILDER).putObject("version").put("metanode", version);
    run.putObject("metadata")
        .put("invocationId", buildId)
        .put("startedOn", startedOn.toString())
        .put("finishedOn", finishedOn.toString());
    return CanonicalJson.bytes(json);
  }

  private List<String> names(Digest image) {
    List<String> names = request.names().stream().map(ImageReference::toString).toList();
    return names.isEmpty() ? List.of(image.toString()) : names;
  }

  private static void resource(ObjectNode json, String name, Digest digest) {
    json.put("name", name).putObject("digest").put("sha256", digest.hex());
  }
}
