package io.metanode.containers.network;

import java.io.IOException;

/** Loads nftables scripts into the kernel, each whole or not at all. */
@FunctionalInterface
interface RuleLoader {

  /**
   * @throws IOException with nft's words if the script is refused
   */
  void load(String script) throws IOException;
}
