package io.metanode.billing;

import io.metanode.economy.DocumentException;
import io.metanode.economy.Prices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where the price book comes from: a file, or whoever governs it. */
@FunctionalInterface
public interface PriceSource {

  /**
   * The book as it is now. A later one only ever has more versions.
   *
   * @throws IOException if it cannot be read; the message says what to mend
   */
  Prices now() throws IOException;

  /** A file; the prices the network begins with where there is none. */
  static PriceSource of(Path file) {
    return () -> {
      try {
        return Prices.read(Files.readAllBytes(file));
      } catch (NoSuchFileException e) {
        return Prices.FIRST;
      } catch (DocumentException e) {
        throw new IOException("the price book " + file + ": " + e.getMessage(), e);
      }
    };
  }
}
