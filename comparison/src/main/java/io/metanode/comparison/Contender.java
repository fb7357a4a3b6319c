package io.metanode.comparison;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Validators that can be started afresh on one genesis, each a process of this host. */
public interface Contender {

  String name();

  /**
   * Starts them with nothing but the genesis behind them; they answer clients when this returns.
   *
   * @param directory of this run alone
   */
  Running start(Path directory) throws IOException;

  /** Validators that run. */
  interface Running extends AutoCloseable {

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
