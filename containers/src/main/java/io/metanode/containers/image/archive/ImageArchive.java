package io.metanode.containers.image.archive;

import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the images in an archive of either form, or of both at once. */
public final class ImageArchive {

  private ImageArchive() {}

  /**
   * @param architecture which image of a multi-platform index to take
   * @throws ArchiveException if there is no image in it
   */
  public static List<ArchivedImage> images(StagedArchive archive, String architecture)
      throws IOException {
    boolean docker = archive.file(DockerArchive.MANIFEST).isPresent();
    boolean oci = archive.file(OciLayout.INDEX).isPresent();
    if (!docker && !oci) {
      throw new ArchiveException(
          "invalid archive: it has neither manifest.json nor index.json;"
              + " to make an image from a file system's archive use docker import");
    }
    List<ArchivedImage> layout = oci ? OciLayout.images(archive, architecture) : List.of();
    List<ArchivedImage> images =
        docker ? withManifests(DockerArchive.images(archive), layout) : layout;
    if (images.isEmpty()) {
      throw new ArchiveException("invalid archive: no image for linux/" + architecture + " in it");
    }
    return images;
  }

  /** Docker's archive tells names best; the layout beside it has the manifests. */
  private static List<ArchivedImage> withManifests(
      List<ArchivedImage> images, List<ArchivedImage> layout) {
    Map<Digest, ArchivedImage> byConfig = new HashMap<>();
    layout.forEach(image -> byConfig.put(image.config().digest(), image));
    List<ArchivedImage> merged = new ArrayList<>();
    for (ArchivedImage image : images) {
      ArchivedImage other = byConfig.get(image.config().digest());
      merged.add(Optional.ofNullable(other).map(found -> found.named(image.names())).orElse(image));
    }
    return merged;
  }
}
