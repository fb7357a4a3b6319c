package io.metanode.node.process;

import io.metanode.cli.EngineClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Docker Engine API, one call a method. An {@link IOException} leaves open whether the call
 * took effect; {@link Refused} says that it did not.
 */
final class EngineApi {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final int NOTHING_TO_DO = 304;

  private final EngineClient client;

  EngineApi(Path socket) {
    client = new EngineClient(socket);
  }

  /** The engine answered, and not with success. */
  static final class Refused extends RuntimeException {
    final int status;

    Refused(String call, EngineClient.Answer answer) {
      super(call + ": " + answer.status() + " " + answer.body().strip());
      status = answer.status();
    }
  }

  private String call(String method, String target, String body) throws IOException {
    return answer(method, target, body).body();
  }

  private EngineClient.Answer answer(String method, String target, String body) throws IOException {
    EngineClient.Answer answer = client.request(method, target, body);
    if (answer.status() >= 300 && answer.status() != NOTHING_TO_DO) {
      throw new Refused(method + " " + target, answer);
    }
    return answer;
  }

  /** A container's request body: an image, a shell script, and further keys of HostConfig. */
  static ObjectNode script(String image, String script) {
    ObjectNode body = JSON.createObjectNode();
    body.put("Image", image);
    body.putArray("Cmd").add("sh").add("-c").add(script);
    body.putObject("HostConfig");
    return body;
  }

  String create(String name, ObjectNode body) throws IOException {
    String answer = call("POST", "/containers/create?name=" + name, body.toString());
    return JSON.readTree(answer).required("Id").asString();
  }

  /** False if there was nothing to do. */
  boolean post(String id, String action) throws IOException {
    return answer("POST", "/containers/" + id + "/" + action, "").status() != NOTHING_TO_DO;
  }

  /** Copies a small file of text into a directory. */
  boolean copyIn(String id, String directory, String name, String text) throws IOException {
    call("PUT", "/containers/" + id + "/archive?path=" + directory, archive(name, text));
    return true;
  }

  /** A file or directory as a tar archive, read as text. */
  String copyOut(String id, String path) throws IOException {
    return call("GET", "/containers/" + id + "/archive?path=" + path, "");
  }

  boolean limitMemory(String id, long bytes) throws IOException {
    ObjectNode body = JSON.createObjectNode().put("Memory", bytes).put("MemorySwap", bytes);
    call("POST", "/containers/" + id + "/update", body.toString());
    return true;
  }

  /** A tar archive of one file of ASCII text (ustar, POSIX.1-1988). */
  private static String archive(String name, String text) {
    StringBuilder header = new StringBuilder("\0".repeat(512));
    field(header, 0, name);
    field(header, 100, "0000644");
    field(header, 108, "0000000");
    field(header, 116, "0000000");
    field(header, 124, "%011o".formatted(text.length()));
    field(header, 136, "00000000000");
    field(header, 148, "        ");
    field(header, 156, "0");
    field(header, 257, "ustar");
    field(header, 263, "00");
    field(header, 148, "%06o\0 ".formatted(header.chars().sum()));
    int padding = (512 - text.length() % 512) % 512;
    return header + text + "\0".repeat(padding + 1024);
  }

  private static void field(StringBuilder header, int offset, String value) {
    header.replace(offset, offset + value.length(), value);
  }

  boolean remove(String id) throws IOException {
    call("DELETE", "/containers/" + id + "?force=1&v=1", "");
    return true;
  }

  JsonNode inspect(String id) throws IOException {
    return JSON.readTree(call("GET", "/containers/" + id + "/json", ""));
  }

  /** A container's status in Docker's word, or {@code gone}. */
  String status(String id) throws IOException {
    try {
      return inspect(id).path("State").path("Status").asString();
    } catch (Refused refused) {
      if (refused.status == 404) {
        return "gone";
      }
      throw refused;
    }
  }

  boolean exists(String id) throws IOException {
    return !status(id).equals("gone");
  }

  /** What a container without a terminal wrote, both streams as one. */
  String logs(String id) throws IOException {
    String framed = call("GET", "/containers/" + id + "/logs?stdout=1&stderr=1", "");
    return framed.replaceAll("(?s)[\\x01\\x02]\\x00{3}.{4}", "");
  }

  List<String> ids() throws IOException {
    JsonNode listed = JSON.readTree(call("GET", "/containers/json?all=1", ""));
    return listed.valueStream().map(each -> each.required("Id").asString()).toList();
  }

  /** Runs a shell script in a container with a terminal, to its end. */
  Execution exec(String id, String script) throws IOException {
    ObjectNode body = JSON.createObjectNode().put("AttachStdout", true).put("Tty", true);
    body.putArray("Cmd").add("sh").add("-c").add(script);
    String created = call("POST", "/containers/" + id + "/exec", body.toString());
    String exec = JSON.readTree(created).required("Id").asString();
    String output = call("POST", "/exec/" + exec + "/start", "{\"Detach\":false,\"Tty\":true}");
    JsonNode ended = JSON.readTree(call("GET", "/exec/" + exec + "/json", ""));
    return new Execution(ended.required("ExitCode").asInt(-1), output);
  }

  record Execution(int exitCode, String output) {}

  /** Whether somebody answers. */
  boolean answers() {
    try {
      call("GET", "/_ping", "");
      return true;
    } catch (IOException | Refused down) {
      return false;
    }
  }
}
