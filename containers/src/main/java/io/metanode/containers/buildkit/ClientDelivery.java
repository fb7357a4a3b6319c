package io.metanode.containers.buildkit;

import io.metanode.containers.build.Delivery;
import io.metanode.containers.buildkit.wire.BytesMessage;
import io.metanode.containers.buildkit.wire.Packet;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.ImageSave;
import io.metanode.containers.image.archive.ArchiveWriter.Form;
import io.metanode.containers.image.overlay.LayerArchive;
import io.metanode.containers.operation.Done;
import io.metanode.containers.operation.Operation;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sends what was built to the client that asked for it: files, an archive of them, or an image. */
final class ClientDelivery implements Delivery {

  /**
   * What the outputs of one build share.
   *
   * @param session of the client
   * @param target the stage that is built; empty for the last
   * @param time of all files, where the output does not say; empty where each keeps its own
   */
  record Origin(
      Solver.Parts parts,
      Actor actor,
      Session session,
      Progress progress,
      String target,
      Optional<Instant> time) {}

  private final Origin origin;
  private final Export export;
  private final ImageAnswer answer;

  /**
   * @param answer is told of an image that was sent
   */
  ClientDelivery(Origin origin, Export export, ImageAnswer answer) {
    this.origin = origin;
    this.export = export;
    this.answer = answer;
  }

  private Operation operation() {
    String names =
        export.names().stream().map(ImageReference::toString).collect(Collectors.joining(" "));
    String arguments = export.type() + "\n" + names + "\n" + origin.target() + "\n" + time();
    return Operation.of(
        origin.actor(),
        "build.output",
        Map.of("type", export.type(), "image", names, "target", origin.target()),
        arguments.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<Instant> time() {
    return export.time().or(origin::time);
  }

  @Override
  public void check() throws ApiException {
    origin.parts().operations().refuseDenied(operation(), List.of());
  }

  @Override
  public void deliver(Digest image) throws ApiException, IOException {
    origin.progress().open(export.title());
    Subject subject = new Subject("image/" + image, image);
    var _ =
        origin
            .parts()
            .operations()
            .perform(
                operation(),
                List.of(subject),
                () -> {
                  Subject output = new Subject("output/" + export.type(), sent(image));
                  return new Done<>(
                      image, List.of(subject, output), new Outcome.Done(), Usage.NONE);
                });
  }

  private Digest sent(Digest image) throws ApiException, IOException {
    try {
      return switch (export.type()) {
        case "local" -> tree(image);
        case "tar" ->
            file(
                Map.of(),
                target ->
                    LayerArchive.write(layers(image), origin.parts().syscalls(), time(), target));
        case "oci" -> image(image, Form.OCI);
        default -> image(image, Form.DOCKER);
      };
    } catch (IOException e) {
      throw Sending.told(e);
    }
  }

  private List<Path> layers(Digest image) throws ApiException, IOException {
    return origin.parts().store().layers().roots(origin.parts().store().record(image).chain());
  }

  /** What the client has is the files of this image. */
  private Digest tree(Digest image) throws ApiException, IOException {
    try (Sending<Packet> sending =
        new Sending<>(origin.session().sendTree(export.number()), origin.progress()::isAbandoned)) {
      new SentTree(sending, origin.parts().syscalls(), time(), origin.progress(), "copying files")
          .send(layers(image));
      return image;
    }
  }

  private Digest image(Digest image, Form form) throws ApiException, IOException {
    ImageSave save = new ImageSave(origin.parts().store());
    Annotations said = export.annotations();
    ImageSave.Selected selected =
        new ImageSave.Selected(
            image, export.names(), Optional.of(said.manifest()), said.descriptor());
    answer.image(image, save.manifest(selected), said.descriptor(), export.names());
    return file(answer.attributes(), target -> save.write(List.of(selected), form, target));
  }

  private interface Content {
    void write(OutputStream target) throws ApiException, IOException;
  }

  private Digest file(Map<String, String> about, Content content) throws ApiException, IOException {
    try (Sending<BytesMessage> sending =
        new Sending<>(
            origin.session().sendFile(export.number(), about), origin.progress()::isAbandoned)) {
      SentFile file = new SentFile(sending, origin.progress(), "sending tarball");
      content.write(file);
      return file.finish();
    }
  }
}
