package io.metanode.containers.transfer;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.IncomingImage;
import io.metanode.containers.image.blob.BlobStore;
import io.metanode.containers.image.blob.StagedBlob;
import io.metanode.containers.registry.Cancellation;
import io.metanode.containers.registry.Descriptor;
import io.metanode.containers.registry.Repository;
import io.metanode.foundation.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The layers of one image. Several come in at once; the lowest is unpacked while it comes, and then
 * each on top of the one below. This thread tells how it goes, so that a client that reads slowly
 * holds up nothing.
 */
final class LayersPull implements AutoCloseable {

  private static final int TELL_MILLIS = 100;

  private final IncomingImage image;
  private final TransferProgress progress;
  private final Map<Digest, Download.Share> shares = new LinkedHashMap<>();
  private final List<LayerPull> layers = new ArrayList<>();
  private final FutureTask<List<StagedBlob>> work = new FutureTask<>(this::fetch);
  private final Cancellation cancellation = new Cancellation();
  private Optional<Thread> started = Optional.empty();

  LayersPull(
      IncomingImage image,
      List<Descriptor> descriptors,
      Repository repository,
      String registry,
      Downloads downloads,
      int parallel,
      TransferProgress progress)
      throws IOException {
    this.image = image;
    this.progress = progress;
    Semaphore slots = new Semaphore(parallel, true);
    try {
      for (int i = 0; i < descriptors.size(); i++) {
        Descriptor descriptor = descriptors.get(i);
        if (!image.hasBlob(i) && !shares.containsKey(descriptor.digest())) {
          shares.put(descriptor.digest(), downloads.join(registry, repository, descriptor, slots));
        }
        LayerPull layer = new LayerPull(descriptor, shares.get(descriptor.digest()));
        layer.announce(progress, image.hasLayer(i));
        layers.add(layer);
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Waits for all of it, and puts the image into the store.
   *
   * @return whether its first name is new
   */
  boolean run(BlobStore blobs, byte[] config, byte[] manifest, List<ImageReference> names)
      throws ApiException, IOException {
    started = Optional.of(Thread.ofVirtual().name("unpack").start(work));
    List<StagedBlob> received = new ArrayList<>(await());
    try (StagedBlob first = blobs.stage(new ByteArrayInputStream(config));
        StagedBlob second = blobs.stage(new ByteArrayInputStream(manifest))) {
      received.add(first);
      received.add(second);
      return image.commit(received, names).contains(names.getFirst());
    }
  }

  private List<StagedBlob> await() throws IOException {
    try {
      while (true) {
        try {
          List<StagedBlob> received = work.get(TELL_MILLIS, TimeUnit.MILLISECONDS);
          tell();
          return received;
        } catch (TimeoutException e) {
          tell();
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure
          ? failure
          : new IOException("unpacking failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted during a pull", e);
    }
  }

  private void tell() throws IOException {
    for (LayerPull layer : layers) {
      layer.tell(progress);
    }
  }

  private List<StagedBlob> fetch() throws IOException {
    for (int i = 0; i < layers.size(); i++) {
      cancellation.check();
      if (!image.hasLayer(i)) {
        unpack(i);
      }
      layers.get(i).done();
    }
    List<StagedBlob> received = new ArrayList<>();
    for (Download.Share share : shares.values()) {
      received.add(share.await());
    }
    return received;
  }

  private void unpack(int i) throws IOException {
    Download.Share share = layers.get(i).share();
    try (InputStream archive = share == null ? image.blob(i) : share.follow();
        InputStream counted = layers.get(i).unpacking(archive)) {
      image.unpack(i, counted);
    } catch (IOException e) {
      if (share != null && share.hasFailed()) {
        throw new IOException(share.await() + " failed", e); // which tells why
      }
      throw e;
    }
    if (share != null) {
      var _ = share.await();
    }
  }

  /** Returns once nothing of it runs any more. */
  @Override
  public void close() throws IOException {
    cancellation.cancel();
    for (Download.Share share : shares.values()) {
      share.close();
    }
    started.ifPresent(LayersPull::join);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
