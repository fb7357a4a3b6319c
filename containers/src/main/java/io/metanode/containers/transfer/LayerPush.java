package io.metanode.containers.transfer;

import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.registry.Descriptor;
import io.metanode.containers.registry.RepositoryWriter;
import io.metanode.containers.registry.Retries;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** One blob on its way out; changed by the thread that sends, told by another. */
final class LayerPush {

  private final ImageStore store;
  private final String id;
  private final Descriptor descriptor;
  private volatile Line line = new Line("Preparing", 0, 0);
  private Line told = new Line("", 0, 0);

  private record Line(String status, long current, long total) {}

  /**
   * @param id what it is shown by; empty if it is not shown
   */
  LayerPush(ImageStore store, String id, Descriptor descriptor) {
    this.store = store;
    this.id = id;
    this.descriptor = descriptor;
  }

  /** Waits for its turn. */
  void waiting() {
    line = new Line("Waiting", 0, 0);
  }

  /** Sends it, unless the registry has it or can take it from another repository. */
  void send(RepositoryWriter writer, ImageReference target, Retries retries) throws IOException {
    if (retries.run(() -> writer.has(descriptor.digest()))) {
      line = new Line("Layer already exists", 0, 0);
      return;
    }
    Optional<String> source =
        store.repositoriesWith(descriptor.digest(), target).stream().findFirst();
    if (source.isPresent() && retries.run(() -> writer.mount(descriptor.digest(), source.get()))) {
      line = new Line("Mounted from " + source.get(), 0, 0);
      return;
    }
    line = new Line("Pushing", 0, descriptor.size());
    writer.upload(descriptor, this::open, retries);
    line = new Line("Pushed", 0, 0);
  }

  private InputStream open(long offset) throws IOException {
    InputStream in = store.blobs().read(descriptor.digest());
    in.skipNBytes(offset);
    return new FilterInputStream(in) {
      private long sent = offset;

      @Override
      public int read(byte[] target, int from, int length) throws IOException {
        int n = in.read(target, from, length);
        sent += Math.max(n, 0);
        line = new Line("Pushing", sent, descriptor.size());
        return n;
      }
    };
  }

  /** Tells what has changed since. */
  void tell(TransferProgress progress) throws IOException {
    Line now = line;
    if (!id.isEmpty() && !now.equals(told)) {
      told = now;
      progress.progress(id, now.status(), now.current(), now.total());
    }
  }
}
