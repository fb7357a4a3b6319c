package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.Images;
import io.metanode.containers.image.Snapshot;
import io.metanode.containers.image.Snapshots;
import io.metanode.containers.operation.Done;
import io.metanode.containers.operation.Operation;
import io.metanode.containers.operation.Operations;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The images whose files containers mount. Each has a file system of its own over the image's
 * layers, from the creation of its container to its removal, so that the files stay where the image
 * goes. What policies say is asked for each by itself, as {@code image.mount}.
 */
final class ImageMounts {

  private final Images images;
  private final Snapshots snapshots;
  private final Operations operations;

  ImageMounts(Images images, Snapshots snapshots, Operations operations) {
    this.images = images;
    this.snapshots = snapshots;
    this.operations = operations;
  }

  /**
   * Makes the file systems of a new container's mounts.
   *
   * @return the mounts, those of images with where they lie; on failure nothing of it is left
   * @throws ApiException 404 if an image is gone, 403 if the policy denies it
   */
  List<MountPoint> make(Actor actor, Definition draft, String name, List<MountPoint> mounts)
      throws ApiException, IOException {
    List<MountPoint> made = new ArrayList<>();
    try {
      for (MountPoint mount : mounts) {
        made.add(
            mount.image().isPresent()
                ? make(actor, draft, name, made.size(), mount, mount.image().get())
                : mount);
      }
      return made;
    } catch (ApiException | IOException | RuntimeException e) {
      remove(draft.id(), made);
      throw e;
    }
  }

  private MountPoint make(
      Actor actor, Definition draft, String name, int number, MountPoint mount, Digest id)
      throws ApiException, IOException {
    Image image = images.resolve(id.toString());
    Map<String, String> attributes = new LinkedHashMap<>(Steps.attributes(draft, name));
    attributes.put("image", mount.name());
    attributes.put("imageId", id.toString());
    Subject subject = Definition.imageSubject(mount.name(), id);
    Operation operation =
        Operation.of(
                actor,
                "image.mount",
                attributes,
                (mount.destination() + "\n" + mount.part()).getBytes(StandardCharsets.UTF_8))
            .paidBy(draft.account());
    Snapshot snapshot =
        operations.perform(
            operation,
            List.of(subject),
            () -> Done.of(snapshots.createMounted(snapshot(draft.id(), number), image), subject));
    return mount.withSource(snapshot.place().toString());
  }

  /** Mounts those of a container that starts; where they are, they stay. */
  void mount(Container container) throws IOException {
    for (Snapshot snapshot : of(container.id(), container.definition().mounts())) {
      snapshot.mount(container.definition().isPassing());
    }
  }

  void unmount(Container container) throws IOException {
    for (Snapshot snapshot : of(container.id(), container.definition().mounts())) {
      snapshot.unmount();
    }
  }

  void remove(String containerId, List<MountPoint> mounts) throws IOException {
    for (Snapshot snapshot : of(containerId, mounts)) {
      snapshot.remove();
    }
  }

  /** Holds those of a container mounted, running or not. */
  Held hold(Container container) throws IOException {
    List<Snapshot.Held> all = new ArrayList<>();
    Held held = new Held(all);
    try {
      for (Snapshot snapshot : of(container.id(), container.definition().mounts())) {
        all.add(snapshot.hold());
      }
      return held;
    } catch (IOException | RuntimeException e) {
      held.close();
      throw e;
    }
  }

  /** File systems that stay mounted until this is closed. */
  record Held(List<Snapshot.Held> each) implements AutoCloseable {

    @Override
    public void close() throws IOException {
      for (Snapshot.Held one : each) {
        one.close();
      }
    }
  }

  /** What is called what among the snapshots. */
  static List<String> snapshots(Definition definition) {
    List<String> names = new ArrayList<>();
    for (int number = 0; number < definition.mounts().size(); number++) {
      if (definition.mounts().get(number).image().isPresent()) {
        names.add(snapshot(definition.id(), number));
      }
    }
    return names;
  }

  private List<Snapshot> of(String containerId, List<MountPoint> mounts) throws IOException {
    List<Snapshot> found = new ArrayList<>();
    for (int number = 0; number < mounts.size(); number++) {
      if (mounts.get(number).image().isPresent()) {
        snapshots.open(snapshot(containerId, number)).ifPresent(found::add);
      }
    }
    return found;
  }

  private static String snapshot(String containerId, int number) {
    return containerId + "-" + number;
  }
}
