package io.metanode.containers.registry;

import io.metanode.containers.image.blob.BlobDraft;
import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.io.InputStream;

/**
 * Fetches one blob into a draft, verified as it comes. A connection that breaks is taken up again
 * where it broke; a registry that cannot do that sends it anew, and what is here is passed over.
 */
public final class BlobFetch {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Repository repository;
  private final Descriptor descriptor;
  private final BlobDraft draft;
  private final Cancellation cancellation;
  private final Retries retries;

  public BlobFetch(
      Repository repository,
      Descriptor descriptor,
      BlobDraft draft,
      Cancellation cancellation,
      Retries.Listener listener) {
    this.repository = repository;
    this.descriptor = descriptor;
    this.draft = draft;
    this.cancellation = cancellation;
    this.retries = new Retries(repository.session().patience(), cancellation, true, listener);
  }

  /**
   * @throws ArchiveException if it is not what its descriptor says
   * @throws IOException if the registry does not send it
   */
  public void run() throws IOException {
    boolean whole =
        retries.run(
            () -> {
              fetch();
              return draft.size() == descriptor.size();
            });
    Digest actual = draft.digest();
    if (!whole || !actual.equals(descriptor.digest())) {
      throw Repository.mismatch("filesystem layer", descriptor, actual);
    }
  }

  private void fetch() throws IOException {
    long from = draft.size();
    if (from == descriptor.size()) {
      return;
    }
    try (RegistryResponse response = repository.blob(descriptor, from)) {
      InputStream in = response.body();
      if (response.status() != 206) {
        in.skipNBytes(from);
      }
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        cancellation.check();
        if (draft.size() + n > descriptor.size()) {
          throw new ArchiveException(
              "%s is larger than the %d bytes its manifest says; nothing of it was kept"
                  .formatted(descriptor.digest(), descriptor.size()));
        }
        draft.append(buffer, n);
        retries.progressed();
      }
    }
    if (draft.size() < descriptor.size()) {
      throw new IOException(
          "%s ended after %d of %d bytes"
              .formatted(descriptor.digest(), draft.size(), descriptor.size()));
    }
  }
}
