package io.metanode.containers.build;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageRemoval.Removed;
import io.metanode.containers.image.ReceiptedImages;
import io.metanode.containers.operation.Done;
import io.metanode.containers.operation.Operation;
import io.metanode.containers.operation.Operations;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Removes what builds keep for the next ones: images of steps without a name, and caches. */
public final class BuildPruning {

  private final ReceiptedImages images;
  private final CacheMounts caches;
  private final Operations operations;

  public BuildPruning(ReceiptedImages images, CacheMounts caches, Operations operations) {
    this.images = images;
    this.caches = caches;
    this.operations = operations;
  }

  /** The caches of steps, and what they hold. */
  public List<CacheMounts.Kept> caches() throws IOException {
    return caches.kept();
  }

  /**
   * What went.
   *
   * @param caches those that nobody used
   */
  public record Pruned(List<Removed> images, List<CacheMounts.Kept> caches) {

    public Pruned {
      images = List.copyOf(images);
      caches = List.copyOf(caches);
    }

    /** In bytes. */
    public long reclaimed() {
      return ReceiptedImages.reclaimed(images)
          + caches.stream().mapToLong(CacheMounts.Kept::bytes).sum();
    }
  }

  /** Removes all of it that nobody uses; the images and the caches leave a receipt each. */
  public Pruned prune(Actor actor) throws ApiException, IOException {
    List<Removed> removed = images.pruneBuilds(actor);
    Operation operation = Operation.of(actor, "build.prune-caches", Map.of(), new byte[0]);
    operations.slowDown(operation);
    List<CacheMounts.Kept> gone =
        operations.perform(
            operation,
            List.of(),
            () -> {
              List<CacheMounts.Kept> all = new ArrayList<>();
              List<Subject> subjects = new ArrayList<>();
              for (CacheMounts.Kept kept : caches.kept()) {
                if (caches.remove(kept)) {
                  all.add(kept);
                  subjects.add(kept.subject());
                }
              }
              return new Done<>(all, subjects, new Outcome.Done(), Usage.NONE);
            });
    return new Pruned(removed, gone);
  }
}
