package io.metanode.containers.build;

import io.metanode.containers.transfer.TransferProgress;
import io.metanode.foundation.Digest;
import java.io.IOException;

/** Where a build tells what it does. */
public interface BuildOutput {

  /** Text, as it is. */
  void print(String text) throws IOException;

  /** Text a step wrote to its standard error. */
  void error(String text) throws IOException;

  /** The image a stage resulted in. */
  void built(Digest image) throws IOException;

  /** Where pulls of base images tell how far they are. */
  TransferProgress pulls();

  /** Whether nobody waits for the build any more. */
  boolean isAbandoned();
}
