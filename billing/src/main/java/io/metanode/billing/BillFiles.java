package io.metanode.billing;

import io.metanode.economy.SettledHour;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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

  /** Parties and tax rates of invoices. */
  public Path terms() {
    return directory.resolve("terms.json");
  }

  /** Where a settlement lies; a tenant's slashes are plus signs there, which no name has. */
  public Path settlement(String tenant, long hour) {
    return settlements(tenant).resolve(name(hour));
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
    replace(folder, name(settled.hour()), settled.json());
    if (fresh) {
      sync(directory.resolve("settlements"));
      sync(directory);
    }
  }

  void writeState(byte[] json) throws IOException {
    replace(directory, STATE, json);
  }

  Optional<byte[]> readState() throws IOException {
    try {
      return Optional.of(Files.readAllBytes(directory.resolve(STATE)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static void replace(Path folder, String name, byte[] bytes) throws IOException {
    Path draft = folder.resolve(name + ".new");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(
        draft,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    sync(folder);
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
