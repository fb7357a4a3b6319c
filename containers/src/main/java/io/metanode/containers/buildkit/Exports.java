package io.metanode.containers.buildkit;

import io.metanode.containers.buildkit.wire.Exporter;
import io.metanode.containers.buildkit.wire.SolveRequest;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is done with the image that was built: it is kept here, under the names asked for. */
final class Exports {

  private Exports() {}

  /**
   * The names the image is to have.
   *
   * @throws ApiException if it is to go elsewhere
   */
  static List<ImageReference> names(SolveRequest request) throws ApiException {
    List<ImageReference> names = new ArrayList<>();
    List<Exporter> exporters =
        request.getExportersCount() > 0
            ? request.getExportersList()
            : List.of(
                Exporter.newBuilder()
                    .setType(request.getExporter())
                    .putAllAttrs(request.getExporterAttrsMap())
                    .build());
    for (Exporter exporter : exporters) {
      check(exporter);
      for (String text : exporter.getAttrsOrDefault("name", "").split(",", -1)) {
        if (!text.isBlank()) {
          add(names, text.strip());
        }
      }
    }
    return names;
  }

  private static void add(List<ImageReference> names, String text) throws ApiException {
    ImageReference name = ImageReference.parse(text);
    if (name.digest().isPresent()) {
      throw ApiException.badRequest("build tag cannot contain a digest");
    }
    if (!names.contains(name.orLatest())) {
      names.add(name.orLatest());
    }
  }

  private static void check(Exporter exporter) throws ApiException {
    switch (exporter.getType()) {
      case "", "moby", "image" -> {
        for (Map.Entry<String, String> attribute : exporter.getAttrsMap().entrySet()) {
          if (attribute.getKey().startsWith("annotation")) {
            throw new ApiException(
                501, "annotations of images are not supported by this engine: use --label");
          }
        }
      }
      default ->
          throw new ApiException(
              501,
              "the output type \""
                  + exporter.getType()
                  + "\" is not supported by this engine: build with -t NAME, then docker save NAME,"
                  + " or docker create NAME and docker cp");
    }
  }
}
