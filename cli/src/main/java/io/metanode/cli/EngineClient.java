package io.metanode.cli;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Asks a Docker Engine API on a unix socket small questions, one connection each (the JDK's HTTP
 * client does not speak to unix sockets).
 */
public final class EngineClient {

  /**
   * @param status the HTTP status
   * @param body the decoded body, UTF-8
   */
  public record Answer(int status, String body) {}

  private final Path socket;

  public EngineClient(Path socket) {
    this.socket = socket;
  }

  /**
   * @param target path and query, for example {@code /containers/json?all=1}
   * @throws IOException if nobody answers, or the answer is not HTTP
   */
  public Answer request(String method, String target) throws IOException {
    return request(method, target, "");
  }

  /**
   * @param json the request's body; may be empty
   * @throws IOException as {@link #request(String, String)}
   */
  public Answer request(String method, String target, String json) throws IOException {
    try (EngineCall call = EngineCall.send(socket, method, target, json)) {
      return new Answer(call.status(), call.body());
    } catch (IOException e) {
      throw silent(e);
    }
  }

  /**
   * Asks, and waits for the head of the answer alone: its body may take as long as a container
   * runs.
   *
   * @param json the request's body; may be empty
   * @throws IOException as {@link #request(String, String)}
   */
  public EngineCall call(String method, String target, String json) throws IOException {
    try {
      return EngineCall.send(socket, method, target, json);
    } catch (IOException e) {
      throw silent(e);
    }
  }

  private IOException silent(IOException e) {
    return new IOException("the engine did not answer on " + socket + ": " + e.getMessage(), e);
  }
}
