package io.metanode.containers.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.RegistrySettings;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageFixture;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.registry.Credentials;
import io.metanode.containers.registry.Patience;
import io.metanode.containers.registry.Platform;
import io.metanode.containers.registry.RegistryClients;
import io.metanode.receipts.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Pulls into a store of its own, with little patience. */
final class PullFixture implements AutoCloseable {

  static final Platform HOST = new Platform("linux", "amd64", "");
  private static final Patience LITTLE =
      new Patience(
          Duration.ofSeconds(5),
          Duration.ofMillis(800),
          Duration.ofMillis(400),
          1024,
          3,
          Duration.ofMillis(5));

  final ImageFixture images;
  final RegistryClients clients;
  final ReceiptedTransfers transfers;
  final Told told = new Told();

  PullFixture(Path home) throws IOException {
    this(home, UnpackLimits.DEFAULT);
  }

  PullFixture(Path home, UnpackLimits limits) throws IOException {
    this(home, limits, RegistrySettings.DEFAULT);
  }

  PullFixture(Path home, UnpackLimits limits, RegistrySettings settings) throws IOException {
    clients = new RegistryClients(settings, LITTLE);
    images = new ImageFixture(home, limits);
    transfers = images.transfers(clients);
  }

  /** Remembers what it was told. */
  static class Told implements TransferProgress {

    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void status(String id, String status) throws IOException {
      lines.add(id + " " + status);
    }

    @Override
    public void progress(String id, String status, long current, long total) throws IOException {
      lines.add(id + " " + status);
    }

    @Override
    public void pushed(String tag, String digest, long size) {
      lines.add(tag + " " + digest);
    }
  }

  List<Pulled> pull(String name) throws Exception {
    return pull(name, Credentials.NONE, told);
  }

  List<Pulled> pull(String name, Credentials credentials, TransferProgress progress)
      throws Exception {
    return transfers.pull(
        ImageFixture.ACTOR,
        new PullRequest(ImageReference.parse(name), HOST, false, credentials),
        progress);
  }

  /** Why a pull fails, after which nothing of it may be left, and a receipt must tell. */
  String refused(String name) throws Exception {
    Exception failure = assertThrows(Exception.class, () -> pull(name));
    assertTrue(
        failure instanceof ApiException || failure instanceof IOException, failure::toString);
    assertEmpty();
    var receipt = images.receipts.steps().getLast();
    assertEquals("image.pull", receipt.operation());
    assertInstanceOf(Outcome.Failed.class, receipt.outcome());
    return String.valueOf(failure.getMessage());
  }

  void assertEmpty() throws IOException {
    assertEquals(List.of(), files("tmp"));
    assertEquals(List.of(), files("layers"));
    assertEquals(List.of(), files("records"));
    assertEquals(List.of(), files("blobs/sha256"));
  }

  List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(images.home.resolve("images").resolve(name))) {
      return files.toList();
    }
  }

  @Override
  public void close() {
    clients.close();
  }
}
