package io.metanode.containers.http;

/** Where endpoint groups register their routes. */
public interface Router {

  /**
   * @param method the HTTP method
   * @param pattern a path such as {@code /containers/{id}/start}; a placeholder matches one
   *     segment, and {@code {name...}} one or more (image names hold slashes)
   */
  void route(String method, String pattern, HttpHandler handler);
}
