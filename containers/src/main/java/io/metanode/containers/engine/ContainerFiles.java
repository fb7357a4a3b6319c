package io.metanode.containers.engine;

import io.metanode.containers.files.FileView;
import io.metanode.containers.spec.UserIds;
import java.io.IOException;
import java.nio.file.Path;

/** Opens what containers see, from outside. */
public interface ContainerFiles {

  /**
   * The container's root with the volumes and directories mounted over it.
   *
   * @param root the mounted root file system
   * @param directory the container's directory
   */
  FileView open(Container container, Path root, Path directory) throws IOException;

  /**
   * Who the container runs as.
   *
   * @throws IllegalArgumentException in Docker's words if its root knows no such user
   */
  UserIds user(Container container, Path root) throws IOException;
}
