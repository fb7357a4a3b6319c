package io.metanode.containers.build;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.registry.Credentials;
import io.metanode.containers.registry.Platform;
import io.metanode.containers.transfer.PullRequest;
import io.metanode.containers.transfer.ReceiptedTransfers;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The images a build begins with: those that are here, others pulled. */
final class BaseImages {

  private static final int NOT_FOUND = 404;

  private final ImageStore store;
  private final ReceiptedTransfers transfers;
  private final Actor actor;
  private final BuildRequest request;
  private final BuildPeer peer;
  private final Map<String, Digest> used = new LinkedHashMap<>();

  BaseImages(
      ImageStore store,
      ReceiptedTransfers transfers,
      Actor actor,
      BuildRequest request,
      BuildPeer peer) {
    this.store = store;
    this.transfers = transfers;
    this.actor = actor;
    this.request = request;
    this.peer = peer;
  }

  /** What was used so far, by name. */
  Map<String, Digest> used() {
    return used;
  }

  Platform platform(String text) throws ApiException {
    return Platform.require(text, request.platform());
  }

  Digest find(String name, Platform platform, BuildOutput output) throws ApiException, IOException {
    Digest known = used.get(name);
    if (known != null) {
      return known;
    }
    Digest image = request.pull() ? pulled(name, platform, output) : here(name, platform, output);
    used.put(name, image);
    return image;
  }

  private Digest here(String name, Platform platform, BuildOutput output)
      throws ApiException, IOException {
    try {
      return store.find(name);
    } catch (ApiException e) {
      if (e.status() != NOT_FOUND) {
        throw e;
      }
      return pulled(name, platform, output);
    }
  }

  private Digest pulled(String name, Platform platform, BuildOutput output)
      throws ApiException, IOException {
    ImageReference reference = ImageReference.parse(name).orLatest();
    Credentials credentials = peer.credentials(reference.domain());
    var _ =
        transfers.pull(
            actor, new PullRequest(reference, platform, false, credentials), output.pulls());
    return store.find(reference.toString());
  }
}
