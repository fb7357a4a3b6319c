package io.metanode.containers.transfer;

import io.metanode.containers.image.blob.BlobStore;
import io.metanode.containers.registry.Descriptor;
import io.metanode.containers.registry.Repository;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The blobs on their way in. Who wants a blob that is already being fetched from the same registry
 * joins in; a registry that is slow delays nobody who asked another.
 */
public final class Downloads {

  private final BlobStore blobs;
  private final Map<Key, Download> running = new HashMap<>();

  private record Key(String registry, Digest blob) {}

  public Downloads(BlobStore blobs) {
    this.blobs = blobs;
  }

  /**
   * Begins to fetch a blob, or joins in. Leave it by closing it, also after it has ended.
   *
   * @param slots how many the one who asks has fetched at once
   */
  synchronized Download.Share join(
      String registry, Repository repository, Descriptor descriptor, Semaphore slots)
      throws IOException {
    Key key = new Key(registry, descriptor.digest());
    Optional<Download.Share> share =
        Optional.ofNullable(running.get(key)).flatMap(known -> join(key, known));
    if (share.isPresent()) {
      return share.get();
    }
    Download download = new Download(repository, descriptor, blobs.draft(), slots);
    running.put(key, download);
    Download.Share first = join(key, download).orElseThrow();
    Thread.ofVirtual().name("download-" + descriptor.digest().hex()).start(download::run);
    return first;
  }

  private Optional<Download.Share> join(Key key, Download download) {
    return download.join(() -> left(key, download));
  }

  private synchronized void left(Key key, Download download) {
    running.remove(key, download);
  }
}
