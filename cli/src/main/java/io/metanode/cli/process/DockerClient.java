package io.metanode.cli.process;

import io.metanode.cli.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The real docker client, aimed at one engine and free of the user's own settings. */
public final class DockerClient {

  private DockerClient() {}

  /**
   * @param socket the engine's socket
   * @param config a folder for the client's settings; need not be there
   */
  public static Program of(Path socket, Path config) {
    return new Program(
        List.of("docker", "-H", "unix://" + socket),
        Map.of("DOCKER_CONFIG", config.toString(), "DOCKER_CONTEXT", "", "DOCKER_CLI_HINTS", "0"));
  }
}
