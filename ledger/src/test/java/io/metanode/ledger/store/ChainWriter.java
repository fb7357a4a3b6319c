package io.metanode.ledger.store;

import io.metanode.ledger.TestChain;
import io.metanode.ledger.block.SealedBlock;
import java.io.IOException;
import java.nio.file.Path;

/** The process that is killed: it opens a chain, says how high it is, and appends for ever. */
final class ChainWriter {

  static final StoreOptions OPTIONS = new StoreOptions(20_000, 5, 8, 10);

  private ChainWriter() {}

  static Chain open(TestChain made, Path directory) throws IOException {
    return Chain.open(
        made.genesis,
        made.machine,
        new DirectoryDisk(directory.resolve("blocks")),
        new RocksKeyValues(directory.resolve("index")),
        OPTIONS);
  }

  /** The block that follows from the ones before it, always the same. */
  static SealedBlock next(TestChain made) {
    int height = (int) made.ledger.head().height();
    return made.advance(
        made.transfer(height % 4, (height + 1) % 4, 1), made.transfer(3, height % 3, 2));
  }

  public static void main(String[] args) throws IOException {
    TestChain made = new TestChain(7, 4, 1);
    Chain chain = open(made, Path.of(args[0]));
    long height = chain.ledger().head().height();
    System.out.println("opened " + height);
    for (long i = 0; i < height; i++) {
      next(made);
    }
    while (true) {
      chain.append(next(made));
      System.out.println("durable " + chain.ledger().head().height());
    }
  }
}
