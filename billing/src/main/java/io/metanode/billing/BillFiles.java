package io.metanode.billing;

import io.metanode.economy.SettledHour;
import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A node's bills on disk (docs/formats/billing.md). All of it is derived from the log; a file is
 * there whole and lasting, or not at all.
 *
 * @param directory the node's {@code bills}
 */
public record BillFiles(Path directory) {

  private static final long HOUR_SECONDS = 3_600;
  private static final String STATE = "state.json";

  /** The price book. */
  public Path prices() {
    return directory.resolve("prices.json");
  }

  /** What proves the price book, where a ledger governs it. */
  public Path pricesProof() {
    return directory.resolve("prices.proof.json");
  }

  /** How far a ledger was looked at for payments. */
  public Path payments() {
    return directory.resolve("payments.json");
  }

  /** Parties and tax rates of invoices. */
  public Path terms() {
    return directory.resolve("terms.json");
  }

  /** Where a settlement lies; a tenant's slashes are plus signs there, which no name has. */
  public Path settlement(String tenant, long hour) {
    return settlements(tenant).resolve(name(hour));
  }

  /** Where an invoice lies that was issued. */
  public Path invoice(String tenant, String number) {
    return directory
        .resolve("invoices")
        .resolve(tenant.replace('/', '+'))
        .resolve(number.replace('/', '+') + ".json");
  }

  private Path settlements(String tenant) {
    return directory.resolve("settlements").resolve(tenant.replace('/', '+'));
  }

  private static String name(long hour) {
    return Instant.ofEpochSecond(hour * HOUR_SECONDS).toString().substring(0, 13) + ".json";
  }

  void write(SettledHour settled) throws IOException {
    Path folder = settlements(settled.tenant());
    boolean fresh = Files.notExists(folder);
    Files.createDirectories(folder);
    DurableFiles.replace(folder.resolve(name(settled.hour())), settled.json());
    if (fresh) {
      DurableFiles.syncDirectory(directory.resolve("settlements"));
      DurableFiles.syncDirectory(directory);
    }
  }

  void writeState(byte[] json) throws IOException {
    DurableFiles.replace(directory.resolve(STATE), json);
  }

  Optional<byte[]> readState() throws IOException {
    try {
      return Optional.of(Files.readAllBytes(directory.resolve(STATE)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
