package io.metanode.containers.registry;

import io.metanode.containers.image.JsonFields;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A registry's answer.
 *
 * @param target what answered, after redirects
 * @param body to be closed
 */
record RegistryResponse(URI target, int status, HttpHeaders headers, InputStream body)
    implements AutoCloseable {

  private static final int MOST_ERROR_BYTES = 64 << 10;

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  OptionalLong length() throws RegistryException {
    try {
      return headers.firstValueAsLong("Content-Length");
    } catch (NumberFormatException e) {
      throw RegistryException.broken(target.getHost() + " sent a Content-Length that is no number");
    }
  }

  /**
   * A whole document.
   *
   * @throws RegistryException if it is longer than {@code most}, or than it says
   */
  byte[] bytes(int most, String what) throws IOException {
    byte[] bytes = body.readNBytes(most + 1);
    if (bytes.length > most) {
      throw RegistryException.broken(
          "%s from %s is larger than %d bytes; refused".formatted(what, target.getHost(), most));
    }
    return bytes;
  }

  /** The refusal it is, in the registry's own words where it has some. */
  RegistryException refusal(String what) throws IOException {
    JsonNode error = error();
    String code = JsonFields.text(error, "code");
    String message = JsonFields.text(error, "message");
    String words = message.isEmpty() ? "status " + status : message;
    String text =
        code.isEmpty() ? words : code.toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + words;
    return new RegistryException(status, code, (what.isEmpty() ? "" : what + ": ") + text);
  }

  private JsonNode error() throws IOException {
    try {
      return JsonFields.MAPPER.readTree(body.readNBytes(MOST_ERROR_BYTES)).path("errors").path(0);
    } catch (JacksonException e) {
      return JsonFields.MAPPER.missingNode();
    }
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
