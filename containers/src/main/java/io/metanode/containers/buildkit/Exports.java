package io.metanode.containers.buildkit;

import io.metanode.containers.buildkit.wire.CacheOptionsEntry;
import io.metanode.containers.buildkit.wire.Exporter;
import io.metanode.containers.buildkit.wire.SolveRequest;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.registry.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is done with what was built. Without any output it is kept for later builds alone.
 *
 * @param names the image is to have in this engine
 * @param stored whether it is an image of this engine's
 * @param annotations of the manifests these names stand for
 * @param pushed those of the names that are pushed
 * @param sent to the client
 */
record Exports(
    List<ImageReference> names,
    boolean stored,
    Map<String, String> annotations,
    List<ImageReference> pushed,
    List<Export> sent) {

  /** An image of this engine's without a name of the client's. */
  static final Exports IMAGE = new Exports(List.of(), true, Map.of(), List.of(), List.of());

  private static final String PUSH = "push";

  Exports {
    names = List.copyOf(names);
    annotations = Map.copyOf(annotations);
    pushed = List.copyOf(pushed);
    sent = List.copyOf(sent);
  }

  /**
   * @param platform that images are built for
   * @throws ApiException naming an output that cannot be met
   */
  static Exports of(SolveRequest request, Platform platform) throws ApiException {
    for (CacheOptionsEntry cache : request.getCache().getExportsList()) {
      if (!cache.getType().equals("inline")) {
        throw new ApiException(
            501,
            "exporting a cache (--cache-to type="
                + cache.getType()
                + ") is not supported by this engine, which keeps its own: leave the option out");
      }
    }
    if (request.getExportersCount() > 0) {
      return of(request.getExportersList(), platform);
    }
    return request.getExporter().isEmpty()
        ? of(List.of(), platform)
        : of(
            List.of(
                Exporter.newBuilder()
                    .setType(request.getExporter())
                    .putAllAttrs(request.getExporterAttrsMap())
                    .build()),
            platform);
  }

  static Exports of(List<Exporter> exporters, Platform platform) throws ApiException {
    List<ImageReference> names = new ArrayList<>();
    List<ImageReference> pushed = new ArrayList<>();
    List<Export> sent = new ArrayList<>();
    Map<String, String> annotations = new TreeMap<>();
    boolean stored = false;
    for (int i = 0; i < exporters.size(); i++) {
      Map<String, String> attributes = exporters.get(i).getAttrsMap();
      List<ImageReference> own = names(attributes.getOrDefault("name", ""));
      switch (exporters.get(i).getType()) {
        case "moby", "image" -> {
          for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            checkImage(attribute.getKey(), attribute.getValue());
          }
          stored = true;
          annotations.putAll(Annotations.of(attributes, platform).ofNames(own));
          own.stream().filter(name -> !names.contains(name)).forEach(names::add);
          pushed.addAll(isPushed(attributes, own) ? own : List.of());
        }
        case "local", "tar", "oci", "docker" ->
            sent.add(Export.of(i, exporters.get(i).getType(), own, attributes, platform));
        default ->
            throw ApiException.badRequest(
                "exporter \""
                    + exporters.get(i).getType()
                    + "\" could not be found: local, tar, oci, docker, image and cacheonly are");
      }
    }
    return new Exports(names, stored, annotations, pushed, sent);
  }

  private static boolean isPushed(Map<String, String> attributes, List<ImageReference> names)
      throws ApiException {
    String push = attributes.getOrDefault(PUSH, "");
    if (push.isEmpty() || !Export.isTrue(PUSH, push)) {
      return false;
    }
    if (names.isEmpty()) {
      throw ApiException.badRequest("tag is needed when pushing to registry");
    }
    return true;
  }

  private static List<ImageReference> names(String text) throws ApiException {
    List<ImageReference> names = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      if (one.isBlank()) {
        continue;
      }
      ImageReference name = ImageReference.parse(one.strip());
      if (name.digest().isPresent()) {
        throw ApiException.badRequest("build tag cannot contain a digest");
      }
      if (!names.contains(name.orLatest())) {
        names.add(name.orLatest());
      }
    }
    return names;
  }

  /** Refuses what would make another image of it than the one there is. */
  static void checkImage(String name, String value) throws ApiException {
    switch (name) {
      case "compression" -> {
        if (!value.isEmpty() && !value.equals("uncompressed")) {
          throw Export.unsupported(
              name, value, "layers are written as they are kept; compress the archive");
        }
      }
      case "rewrite-timestamp", "force-compression", "push-by-digest", "registry.insecure" -> {
        if (!value.isEmpty() && Export.isTrue(name, value)) {
          throw Export.unsupported(name, value, "leave it out");
        }
      }
      case "store" -> {
        if (!value.isEmpty() && !Export.isTrue(name, value)) {
          throw Export.unsupported(name, value, "leave it out");
        }
      }
      default -> {
        // changes nothing here
      }
    }
  }
}
