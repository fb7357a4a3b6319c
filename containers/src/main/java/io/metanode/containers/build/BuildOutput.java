package io.metanode.containers.build;

import io.metanode.containers.image.ImageReference;
import io.metanode.containers.transfer.TransferProgress;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where a build tells what it does. */
public interface BuildOutput {

  /** A step begins; those before have ended. */
  void begin(BuildStep step) throws IOException;

  /** The step was done before: its image was found. */
  void cached() throws IOException;

  /** The step runs in a container, named in short. */
  void running(String container) throws IOException;

  /** The container of the step is gone. */
  void removed(String container) throws IOException;

  /** The image that the step has come to; empty while it is {@code scratch}. */
  void end(Optional<Digest> image) throws IOException;

  /** So many triggers of the base image are run. */
  void triggers(int count) throws IOException;

  /** Text a step wrote to its standard output. */
  void print(String text) throws IOException;

  /** Text a step wrote to its standard error. */
  void error(String text) throws IOException;

  /** Something the user should know. */
  void warn(String text) throws IOException;

  /** The image a stage resulted in. */
  void built(Digest image) throws IOException;

  /** All steps are done; the image is made durable and named. */
  void naming(Digest image, List<ImageReference> names) throws IOException;

  /** Where pulls of base images tell how far they are. */
  TransferProgress pulls();

  /** Whether nobody waits for the build any more. */
  boolean isAbandoned();
}
