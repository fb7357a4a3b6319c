package io.metanode.containers.engine;

import io.metanode.containers.files.FileView;
import io.metanode.containers.http.ApiException;
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
   * @throws ApiException 404 if a volume is gone
   */
  FileView open(Container container, Path root, Path directory) throws ApiException, IOException;

  /**
   * Who the container runs as.
   *
   * @throws IllegalArgumentException in Docker's words if its root knows no such user
   */
  UserIds user(Container container, Path root) throws IOException;
}
