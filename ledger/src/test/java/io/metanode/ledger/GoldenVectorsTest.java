package io.metanode.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.crypto.CompactRange;
import io.metanode.crypto.MerkleHash;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.state.Asset;
import io.metanode.ledger.state.Operation;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.ChainTag;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionDraft;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The examples of docs/formats/ledger.md: whoever implements the formats can start from them. */
class GoldenVectorsTest {

  private static final String ROOT_OF_THREE =
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77";

  private final Properties vectors = new Properties();

  GoldenVectorsTest() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("golden.properties")) {
      vectors.load(file);
    }
  }

  private void expect(String name, Object value) {
    assertEquals(vectors.getProperty(name), value.toString(), name);
  }

  /** RFC 8032 section 7.1, TEST 1 and TEST 2. */
  private static PrivateKeySigner rfc8032(String seed) {
    byte[] bytes = HexFormat.of().parseHex(seed);
    return PrivateKeySigner.generate(target -> System.arraycopy(bytes, 0, target, 0, bytes.length));
  }

  private static Transaction transfer() throws IOException {
    PrivateKeySigner sender =
        rfc8032("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    AccountId recipient =
        TransactionDraft.accountOf(
            rfc8032("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
                .publicKey());
    Operation operation = new Operation.Transfer(Asset.NEX, recipient, 1_500_000_000L);
    return new TransactionDraft(
            new ChainTag(0x0123456789abcdefL),
            TransactionDraft.accountOf(sender.publicKey()),
            7,
            operation.category(),
            20_000,
            1_000,
            operation.kind(),
            operation.encode())
        .sign(sender);
  }

  @Test
  void transaction() throws IOException, DecodingException {
    Transaction transaction = transfer();
    expect("transaction", transaction.encoded());
    expect("transaction.id", transaction.id());
    assertEquals(transaction, Transaction.decode(Bytes.ofHex(vectors.getProperty("transaction"))));
  }

  /** The first leaves of a log: those of the reference tree of Certificate Transparency. */
  @Test
  void extension() throws DecodingException {
    byte[][] entries = {{}, {0x00}, {0x10}};
    CompactRange range = new CompactRange();
    Encoder leaves = new Encoder(96);
    for (byte[] entry : entries) {
      range.add(MerkleHash.leaf(entry));
      leaves.raw(MerkleHash.leaf(entry));
    }
    Operation operation =
        new Operation.ExtendLog(
            Bytes.of("log.example/one".getBytes(StandardCharsets.US_ASCII)),
            0,
            Bytes32.of(range.root()),
            leaves.toBytes());
    expect("extension.payload", operation.encode());
    Bytes payload = Bytes.ofHex(vectors.getProperty("extension.payload"));
    assertEquals(operation, Operation.decode(Operation.EXTEND_LOG, payload));
  }

  /** The same leaves as the first LogBlock of a log whose key is that of RFC 8032's TEST 2. */
  @Test
  void logBlock() throws IOException, DecodingException {
    PrivateKeySigner log =
        rfc8032("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    Bytes32 key = Bytes32.of(log.publicKey().bytes());
    LogBlock block =
        new LogBlock(
            0x0123456789abcdefL,
            Bytes.of("log.example/one".getBytes(StandardCharsets.US_ASCII)),
            0,
            Bytes32.ZERO,
            0,
            3,
            Bytes32.of(Bytes.ofHex(ROOT_OF_THREE).toArray()),
            new UsageSums(12_345_678, 1_000_000, 0, 4_096, 3_000_000),
            transfer().sender().value(),
            key,
            key);
    Operation operation = new Operation.SubmitLogBlock(block.sign(log), List.of());
    expect("logblock.payload", operation.encode());
    expect("logblock.digest", block.digest());
    Bytes payload = Bytes.ofHex(vectors.getProperty("logblock.payload"));
    assertEquals(operation, Operation.decode(Operation.LOG_BLOCK, payload));
  }

  @Test
  void genesisAndFirstBlock() throws DecodingException {
    TestChain chain = new TestChain(42, 2, 1);
    expect("genesis", chain.genesis.encode());
    expect("genesis.digest", chain.genesis.digest());
    expect("genesis.stateRoot", chain.genesis.state().root());
    expect("genesis.header", chain.genesis.block().header().encode());
    expect("genesis.id", chain.genesis.block().id());
    Block block = chain.block(List.of(chain.transfer(0, 1, 5)));
    expect("block", block.encode());
    expect("block.id", block.id());
    expect("block.proposal", block.compact().encode());
    assertEquals(block, Block.decode(Bytes.ofHex(vectors.getProperty("block"))));
    chain.apply(block);
    expect("block.stateRootAfter", chain.ledger.state().root());
    expect("block.resultsRootAfter", chain.ledger.resultsRoot());
    Bytes32 root = Bytes32.ofHex(vectors.getProperty("block.stateRootAfter"));
    assertEquals(root, chain.ledger.state().root());
  }
}
