package io.metanode.ledger;

import io.metanode.crypto.BlsSignature;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.BlockId;
import io.metanode.ledger.block.BlockSeal;
import io.metanode.ledger.block.Body;
import io.metanode.ledger.block.CompactBlock;
import io.metanode.ledger.block.Contents;
import io.metanode.ledger.block.InclusionProof;
import io.metanode.ledger.block.PriorState;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.block.TickChain;
import io.metanode.ledger.block.TickMark;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.SignerBitmap;
import io.metanode.ledger.state.Account;
import io.metanode.ledger.state.Amounts;
import io.metanode.ledger.state.Anchor;
import io.metanode.ledger.state.Asset;
import io.metanode.ledger.state.FeeRule;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.Governor;
import io.metanode.ledger.state.KeptLogBlock;
import io.metanode.ledger.state.LogFork;
import io.metanode.ledger.state.LogHead;
import io.metanode.ledger.state.Operation;
import io.metanode.ledger.state.Parameters;
import io.metanode.ledger.state.SnapshotManifest;
import io.metanode.ledger.state.StateChange;
import io.metanode.ledger.state.StateChunk;
import io.metanode.ledger.state.StateKey;
import io.metanode.ledger.state.StateProof;
import io.metanode.ledger.state.StoredValue;
import io.metanode.ledger.state.Supply;
import io.metanode.ledger.state.ValidatorKeys;
import io.metanode.ledger.state.ValidatorPlan;
import io.metanode.ledger.state.ValidatorRoster;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.ChainTag;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionClass;
import io.metanode.ledger.transaction.TransactionDraft;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every format of the ledger, with values drawn at random. */
class LedgerCodecPropertyTest {

  private static final int CASES = 60;

  private static Bytes32 hash(Gen gen) {
    return Bytes32.of(gen.bytes(32));
  }

  private static Bytes bytes(Gen gen, int least, int most) {
    return Bytes.of(gen.bytes(gen.intBetween(least, most)));
  }

  private static long u63(Gen gen) {
    return gen.pick(0L, 1L, Long.MAX_VALUE, gen.nextLong() >>> 1);
  }

  private static AccountId account(Gen gen) {
    return new AccountId(hash(gen));
  }

  private static Amounts amounts(Gen gen) {
    return new Amounts(u63(gen), u63(gen), u63(gen), u63(gen));
  }

  private static Transaction transaction(Gen gen) {
    return new TransactionDraft(
            new ChainTag(gen.nextLong()),
            account(gen),
            u63(gen),
            gen.pick(TransactionClass.values()),
            u63(gen),
            u63(gen),
            gen.intBetween(0, 0xffff),
            bytes(gen, 0, 80))
        .with(gen.bytes(64));
  }

  private static SignedLogBlock logBlock(Gen gen) {
    long from = gen.between(0, 1_000);
    return new SignedLogBlock(
        new LogBlock(
            gen.nextLong(),
            bytes(gen, 0, 255),
            u63(gen),
            hash(gen),
            from,
            from + gen.between(1, 1_000),
            hash(gen),
            new UsageSums(u63(gen), u63(gen), u63(gen), u63(gen), u63(gen)),
            hash(gen),
            hash(gen),
            hash(gen)),
        Bytes.of(gen.bytes(64)));
  }

  private static BlockHeader header(Gen gen) {
    return new BlockHeader(
        new ChainTag(gen.nextLong()),
        u63(gen),
        gen.intBetween(0, Integer.MAX_VALUE),
        new BlockId(hash(gen)),
        u63(gen),
        hash(gen),
        new Contents(gen.intBetween(0, 100), hash(gen), hash(gen)),
        new PriorState(hash(gen), hash(gen), hash(gen), hash(gen)),
        new TickMark(gen.intBetween(0, 100), hash(gen)));
  }

  private static Body body(Gen gen) {
    return new Body(
        gen.list(0, 4, LedgerCodecPropertyTest::hash), gen.list(0, 3, g -> bytes(g, 0, 40)));
  }

  private static Block block(Gen gen) {
    return new Block(header(gen), body(gen), gen.list(0, 5, LedgerCodecPropertyTest::transaction));
  }

  private static ValidatorRoster roster(Gen gen) {
    return new ValidatorRoster(
        gen.list(1, 5, g -> new ValidatorKeys(hash(g), Bytes.of(g.bytes(48)))).stream()
            .sorted()
            .toList());
  }

  /** Encodes the fields again, not the bytes that were read. */
  private static Bytes again(Bytes encoded) throws DecodingException {
    TransactionDraft draft = Transaction.decode(encoded).draft();
    byte[] bytes = encoded.toArray();
    return draft.with(Arrays.copyOfRange(bytes, bytes.length - 64, bytes.length)).encoded();
  }

  @Test
  void transactions() {
    Property.check(
        "transaction codec",
        CASES,
        gen -> Decoding.check(gen, transaction(gen).encoded(), LedgerCodecPropertyTest::again));
  }

  @Test
  void headersBlocksAndProposals() {
    Property.check(
        "block codecs",
        CASES,
        gen -> {
          Decoding.check(gen, header(gen).encode(), b -> BlockHeader.decode(b).encode());
          Block block = block(gen);
          Decoding.check(gen, block.encode(), b -> Block.decode(b).encode());
          Decoding.check(gen, block.compact().encode(), b -> CompactBlock.decode(b).encode());
          SealedBlock sealedBlock = new SealedBlock(block, bytes(gen, 0, 50));
          Decoding.check(gen, sealedBlock.encode(), b -> SealedBlock.decode(b).encode());
        });
  }

  @Test
  void sealsAndProofs() {
    Property.check(
        "proof codecs",
        CASES,
        gen -> {
          BlockSeal seal =
              new BlockSeal(
                  new Round(gen.intBetween(0, 9)),
                  SignerBitmap.ofBytes(gen.bytes(gen.intBetween(0, 4))),
                  BlsSignature.ofBytes(gen.bytes(96)));
          Decoding.check(gen, seal.encode(), b -> BlockSeal.decode(b).encode());
          int size = gen.intBetween(1, 1000);
          InclusionProof inclusion =
              new InclusionProof(
                  gen.intBetween(0, size - 1),
                  size,
                  gen.list(0, 10, LedgerCodecPropertyTest::hash));
          Decoding.check(gen, inclusion.encode(), b -> InclusionProof.decode(b).encode());
          StateProof state =
              new StateProof(
                  gen.list(0, 30, LedgerCodecPropertyTest::hash),
                  gen.bool()
                      ? Optional.of(new StateProof.Other(new StateKey(hash(gen)), hash(gen)))
                      : Optional.empty());
          Decoding.check(gen, state.encode(), b -> StateProof.decode(b).encode());
        });
  }

  @Test
  void operations() {
    Property.check(
        "operation codecs",
        CASES,
        gen -> {
          ValidatorKeys keys = roster(gen).members().getFirst();
          List<Operation> operations =
              List.of(
                  new Operation.Transfer(gen.pick(Asset.values()), account(gen), u63(gen)),
                  new Operation.AnchorLog(bytes(gen, 0, 255), u63(gen), hash(gen)),
                  new Operation.ExtendLog(
                      bytes(gen, 0, 255),
                      u63(gen),
                      hash(gen),
                      Bytes.of(gen.bytes(32 * gen.intBetween(1, 5)))),
                  new Operation.AddValidator(u63(gen), keys, Bytes.of(gen.bytes(96))),
                  new Operation.RemoveValidator(u63(gen), hash(gen)),
                  new Operation.SubmitLogBlock(
                      logBlock(gen), gen.list(0, 5, LedgerCodecPropertyTest::hash)));
          for (Operation operation : operations) {
            Decoding.check(
                gen, operation.encode(), b -> Operation.decode(operation.kind(), b).encode());
          }
        });
  }

  @Test
  void storedValues() {
    Property.check(
        "stored value codecs",
        CASES,
        gen -> {
          long from = gen.between(1, 1000);
          long size = u63(gen);
          List<Bytes32> edge = new ArrayList<>();
          for (int i = 0; i < Long.bitCount(size); i++) {
            edge.add(hash(gen));
          }
          List<StoredValue> values =
              List.of(
                  new Account(u63(gen), amounts(gen)),
                  new Anchor(account(gen), u63(gen), hash(gen), u63(gen)),
                  new Anchor(account(gen), size, hash(gen), u63(gen), edge),
                  new Supply(amounts(gen)),
                  new LogHead(
                      account(gen),
                      hash(gen),
                      u63(gen),
                      hash(gen),
                      u63(gen),
                      hash(gen),
                      u63(gen),
                      gen.bool()),
                  new KeptLogBlock(logBlock(gen), u63(gen), u63(gen)),
                  new LogFork(logBlock(gen), logBlock(gen), u63(gen)),
                  new Governor(account(gen)),
                  new ValidatorPlan(
                      List.of(
                          new ValidatorPlan.Term(0, roster(gen)),
                          new ValidatorPlan.Term(from, roster(gen)))));
          for (StoredValue value : values) {
            Decoding.check(gen, value.encode(), b -> StoredValue.decode(b).encode());
          }
        });
  }

  @Test
  void genesisAndSnapshots() {
    Property.check(
        "genesis and snapshot codecs",
        CASES,
        gen -> {
          TreeMap<AccountId, Amounts> accounts = new TreeMap<>();
          gen.list(0, 5, LedgerCodecPropertyTest::account)
              .forEach(id -> accounts.put(id, amounts(gen)));
          Parameters parameters =
              new Parameters(
                  new FeeRule(gen.between(0, 1 << 20), gen.between(0, 99)),
                  new TickChain(64, 16),
                  gen.intBetween(1, 1 << 16));
          Genesis genesis = new Genesis(parameters, u63(gen), account(gen), roster(gen), accounts);
          Decoding.check(gen, genesis.encode(), b -> Genesis.decode(b).encode());
          List<StateChange> entries = new ArrayList<>();
          gen.list(0, 6, LedgerCodecPropertyTest::hash).stream()
              .sorted()
              .forEach(h -> entries.add(StateChange.put(new StateKey(h), bytes(gen, 0, 60))));
          StateChunk chunk = new StateChunk(gen.intBetween(0, 9), entries);
          Decoding.check(gen, chunk.encode(), b -> StateChunk.decode(b).encode());
        });
    Property.check(
        "manifest codec",
        CASES,
        gen -> {
          TestChain chain = new TestChain(1, 3, 1);
          SnapshotManifest manifest = SnapshotManifest.of(chain.ledger, gen.intBetween(0, 4));
          Decoding.check(gen, manifest.encode(), b -> SnapshotManifest.decode(b).encode());
        });
  }
}
