package io.metanode.billing;

import io.metanode.economy.DocumentException;
import io.metanode.economy.Prices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/** Where the price book comes from: a file, or a ledger that governs it. */
@FunctionalInterface
public interface PriceSource {

  /**
   * A price book.
   *
   * @param until all versions that begin by then are in it
   */
  record Book(Prices prices, Instant until) {}

  /**
   * The book as it is now. A later one only ever has more versions.
   *
   * @throws IOException if it cannot be read; the message says what to mend
   */
  Book now() throws IOException;

  /** A file, which says all there is; the prices the network begins with where there is none. */
  static PriceSource of(Path file) {
    return () -> new Book(read(file), Instant.MAX);
  }

  /** The book in a file; the prices the network begins with where there is none. */
  static Prices read(Path file) throws IOException {
    try {
      return Prices.read(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Prices.FIRST;
    } catch (DocumentException e) {
      throw new IOException("the price book " + file + ": " + e.getMessage(), e);
    }
  }
}
