package io.metanode.comparison;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Validators that can begin afresh on one genesis, each a process of this host. */
public interface Contender {

  String name();

  /**
   * A run with nothing but the genesis behind it.
   *
   * @param directory of this run alone
   */
  Running prepare(Path directory) throws IOException;

  /** Validators of one run; they end when it is closed, also in the midst of their start. */
  interface Running extends AutoCloseable {

    /** Starts them; they answer clients when this returns. */
    void start() throws IOException;

    /**
     * Where clients of each are answered: {@code POST /v1/transactions/batch}, {@code GET
     * /v1/status} and {@code GET /v1/blocks/H} of docs/formats/ledger-api.md, as far as a bench
     * looks at them.
     */
    List<URI> urls() throws IOException;

    @Override
    void close();
  }
}
