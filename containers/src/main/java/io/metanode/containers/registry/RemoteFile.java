package io.metanode.containers.registry;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file that a server sends, as it comes.
 *
 * @param address where it is, without name, password, query and fragment: as receipts tell it
 * @param type the {@code Content-Type}; empty without
 * @param body to be closed
 */
public record RemoteFile(String address, String type, InputStream body) implements AutoCloseable {

  @Override
  public void close() throws IOException {
    body.close();
  }
}
