package io.metanode.containers.api;

import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.Copying;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.files.ContainerPath;
import io.metanode.containers.files.PathStatus;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Router;
import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Base64;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /containers/{id}/archive}: what {@code docker cp} asks for. */
public final class ContainerArchiveEndpoints {

  private static final String STATUS_HEADER = "X-Docker-Container-Path-Stat";

  private final Engine engine;
  private final Copying copying;

  public ContainerArchiveEndpoints(Engine engine, Copying copying) {
    this.engine = engine;
    this.copying = copying;
  }

  public void register(Router router) {
    router.route("HEAD", "/containers/{id}/archive", exchange -> asked(exchange, this::status));
    router.route("GET", "/containers/{id}/archive", exchange -> asked(exchange, this::out));
    router.route("PUT", "/containers/{id}/archive", exchange -> asked(exchange, this::in));
  }

  @FunctionalInterface
  private interface Handling {
    void of(HttpExchange exchange, Container container, ContainerPath path)
        throws ApiException, IOException;
  }

  /** Says in Docker's words what is wrong with the path. */
  private void asked(HttpExchange exchange, Handling handling) throws ApiException, IOException {
    String written = exchange.query("path").orElse("");
    if (written.isEmpty()) {
      throw ApiException.badRequest("bad parameter: path cannot be empty");
    }
    Container container = engine.containers().resolve(exchange.parameter("id"));
    try {
      handling.of(exchange, container, ContainerPath.of(written));
    } catch (SyscallException e) {
      throw e.errno() == Constants.ENOENT
          ? missing(exchange, written)
          : ApiException.internal("lstat " + written + ": " + e.reason());
    } catch (NoSuchFileException e) {
      throw missing(exchange, written);
    } catch (FileSystemException e) {
      throw ApiException.internal(
          written + ": " + (e.getReason() == null ? "cannot be written" : e.getReason()));
    } catch (ArchiveException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static ApiException missing(HttpExchange exchange, String path) {
    return ApiException.notFound(
        "Could not find the file " + path + " in container " + exchange.parameter("id"));
  }

  private void status(HttpExchange exchange, Container container, ContainerPath path)
      throws ApiException, IOException {
    exchange.responseHeader(STATUS_HEADER, header(copying.status(container, path)));
    exchange.send(200);
  }

  private void out(HttpExchange exchange, Container container, ContainerPath path)
      throws ApiException, IOException {
    copying.out(
        exchange.actor(),
        container,
        path,
        status -> {
          exchange.responseHeader(STATUS_HEADER, header(status));
          return exchange.stream(200, "application/x-tar");
        });
  }

  private void in(HttpExchange exchange, Container container, ContainerPath path)
      throws ApiException, IOException {
    Copying.Manner manner =
        new Copying.Manner(
            exchange.flag("noOverwriteDirNonDir", false), exchange.flag("copyUIDGID", false));
    copying.in(exchange.actor(), container, path, manner, exchange.body());
    exchange.send(200);
  }

  private static String header(PathStatus status) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", status.name());
    json.put("size", status.size());
    json.put("mode", status.mode());
    json.put("mtime", status.modified().toString());
    json.put("linkTarget", status.linkTarget());
    return Base64.getEncoder().encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
