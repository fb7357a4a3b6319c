package io.metanode.containers.engine;

import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.config.ExecConfig;
import io.metanode.containers.config.HostConfig;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Endpoint;
import io.metanode.containers.network.Lease;
import io.metanode.containers.spec.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes what the OCI runtime reads. */
public interface Bundles {

  /**
   * Checks what only the host knows.
   *
   * @return what this host cannot give, in words for the client
   * @throws ApiException 400 in Docker's words
   */
  List<String> check(ContainerConfig config, HostConfig host) throws ApiException;

  /** The limits of a container, as its bundle states them. */
  Limits limits(HostConfig host);

  /**
   * Writes the OCI bundle of a container that is about to start.
   *
   * @param directory the container's directory
   * @param root the mounted root file system
   * @return the bundle's directory
   * @throws ApiException where the configuration cannot be met on this root or host, for example an
   *     unknown user
   */
  Path write(Container container, Path directory, Path root, Lease lease)
      throws ApiException, IOException;

  /**
   * Unmounts what was mounted on the host for a container that runs no more.
   *
   * @param directory the container's directory
   */
  void release(Path directory) throws IOException;

  /**
   * Checks that a user can be met before anything is made for it.
   *
   * @param user {@code user[:group]}, by name or number
   * @param root the root file system as mounted
   * @throws ApiException 400 in Docker's words if a name is unknown
   */
  void checkUser(Path root, String user) throws ApiException, IOException;

  /**
   * Writes the OCI process of an exec.
   *
   * @param root the root file system as mounted
   * @param target the file to write
   * @throws ApiException where the user or the working directory cannot be met
   */
  void writeProcess(Container container, ExecConfig exec, Path root, Path target)
      throws ApiException, IOException;

  /**
   * Changes the name files of a container that runs, after it joined or left a network.
   *
   * @param asksBefore whom it asked for names before
   */
  void renetwork(
      Container container,
      Path directory,
      Lease lease,
      Optional<String> asksBefore,
      Optional<Endpoint> joined,
      Optional<Endpoint> left)
      throws IOException;

  /**
   * Tells a container where another that it is linked to is now.
   *
   * @param directory the container's directory
   * @param aliases what it calls the other
   * @param place of the other on the default bridge
   */
  void relink(Path directory, List<String> aliases, Endpoint place) throws IOException;
}
