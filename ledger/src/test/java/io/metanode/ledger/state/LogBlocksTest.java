package io.metanode.ledger.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.PrivateKeySigner;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LogBlock;
import io.metanode.ledger.SignedLogBlock;
import io.metanode.ledger.TestChain;
import io.metanode.ledger.state.Operation.AnchorLog;
import io.metanode.ledger.state.Operation.ExtendLog;
import io.metanode.ledger.state.Operation.SubmitLogBlock;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.ChainTag;
import io.metanode.testkit.Gen;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** One case for each status of a LogBlock, and one for each pair of neighbours in their order. */
class LogBlocksTest {

  private static final Set<Status> SEEN = EnumSet.noneOf(Status.class);
  private static final Bytes32 NONE = Bytes32.ZERO;

  private final TestChain chain = new TestChain(1, 3, 1);
  private final AccountId owner = chain.account(0);
  private final TestLog log = new TestLog("log.example/one", 5, chain.genesis.chain(), owner);
  private final TestLog branch = new TestLog("log.example/one", 5, chain.genesis.chain(), owner, 3);
  private final PrivateKeySigner thief = PrivateKeySigner.generate(new Gen(6));

  @AfterAll
  static void everyStatusHasItsCase() {
    assertEquals(
        ofLogBlocks(EnumSet.allOf(Status.class)),
        ofLogBlocks(SEEN),
        "those that AssetMachineTest leaves to this one");
  }

  private static Set<Status> ofLogBlocks(Set<Status> all) {
    return all.stream()
        .filter(status -> status.name().contains("LOGBLOCK"))
        .collect(Collectors.toSet());
  }

  private void expect(Status status, int from, Operation operation) {
    long sequence =
        value(StateKey.account(chain.account(from)), Account.class)
            .map(Account::sequence)
            .orElse(0L);
    Applied applied =
        chain.apply(chain.block(List.of(chain.sign(chain.draft(from, sequence, operation)))));
    assertEquals(status.code(), applied.results().getFirst().code(), status.name());
    SEEN.add(status);
  }

  private <T extends StoredValue> Optional<T> value(StateKey key, Class<T> type) {
    return chain.ledger.state().get(key).map(value -> StoredValue.read(value, type));
  }

  private LogHead head() {
    return value(StateKey.log(log.origin), LogHead.class).orElseThrow();
  }

  private Optional<KeptLogBlock> citable(long number) {
    return LogBlocks.citable(log.origin, number, new WorkingState(chain.ledger.state()));
  }

  private Bytes32 acceptedDigest(long number) {
    return value(StateKey.logBlock(log.origin, number), KeptLogBlock.class)
        .orElseThrow()
        .signed()
        .block()
        .digest();
  }

  /** The next LogBlock of the log, up to {@code to}. */
  private SubmitLogBlock next(TestLog from, long to) {
    return from.submit(head().number() + 1, head().digest(), head().size(), to);
  }

  /** A LogBlock whose fields were changed before it was signed. */
  private static SubmitLogBlock changed(SubmitLogBlock s, PrivateKeySigner by, Fields change) {
    return new SubmitLogBlock(TestLog.sign(change.of(s.signed().block()), by), s.proof());
  }

  private interface Fields {
    LogBlock of(LogBlock block);
  }

  private static LogBlock with(
      LogBlock b, long chain, long number, Bytes32 owner, Bytes32 key, Bytes32 nextKey) {
    return new LogBlock(
        chain,
        b.origin(),
        number,
        b.previous(),
        b.from(),
        b.to(),
        b.root(),
        b.usage(),
        owner,
        key,
        nextKey);
  }

  private static Bytes flipped(Bytes bytes) {
    byte[] array = bytes.toArray();
    array[40] ^= 1;
    return Bytes.of(array);
  }

  private static SubmitLogBlock badSignature(SubmitLogBlock s) {
    return new SubmitLogBlock(
        new SignedLogBlock(s.signed().block(), flipped(s.signed().signature())), s.proof());
  }

  @Test
  void logsGrowLogBlockByLogBlock() {
    expect(Status.OK, 0, log.submit(0, NONE, 0, 5));
    assertEquals(5, head().size());
    assertEquals(log.root(5), head().root());
    expect(Status.OK, 0, next(log, 6));
    expect(Status.OK, 0, next(log, 300));
    assertEquals(2, head().number());
    KeptLogBlock second = citable(1).orElseThrow();
    assertEquals(TestLog.usage(5, 6), second.signed().block().usage());
    assertEquals(2, second.height());
    assertTrue(second.signed().holds());
    assertEquals(Optional.empty(), citable(3));
  }

  @Test
  void originThenChainThenKey() {
    expect(
        Status.ORIGIN_INVALID, 0, new TestLog("", 5, new ChainTag(1), owner).submit(0, NONE, 0, 1));
    TestLog elsewhere = new TestLog("log.example/one", 5, new ChainTag(1), owner);
    expect(Status.LOGBLOCK_OTHER_CHAIN, 0, elsewhere.submit(3, NONE, 1, 2));
    expect(
        Status.LOGBLOCK_KEY_WRONG,
        0,
        badSignature(
            changed(
                log.submit(0, NONE, 0, 2),
                log.signer,
                b -> with(b, b.chain(), 0, b.owner(), b.key(), Bytes32.ZERO))));
  }

  @Test
  void keyThenSignatureThenOwner() {
    expect(Status.OK, 0, log.submit(0, NONE, 0, 2));
    SubmitLogBlock stolen =
        changed(
            next(log, 4),
            thief,
            b -> with(b, b.chain(), b.number(), b.owner(), TestLog.key(thief), TestLog.key(thief)));
    expect(Status.LOGBLOCK_KEY_WRONG, 0, badSignature(stolen));
    expect(Status.LOGBLOCK_SIGNATURE_WRONG, 1, badSignature(next(log, 4)));
    assertFalse(head().forked());
  }

  @Test
  void ownerThenNumber() {
    expect(Status.LOGBLOCK_NOT_OWNER, 1, log.submit(1, NONE, 0, 2));
    expect(Status.OK, 0, log.submit(0, NONE, 0, 2));
    expect(Status.LOGBLOCK_NOT_OWNER, 1, log.submit(0, NONE, 0, 2));
    expect(
        Status.LOGBLOCK_NOT_OWNER,
        0,
        changed(
            next(log, 4),
            log.signer,
            b -> with(b, b.chain(), 1, chain.account(1).value(), b.key(), b.nextKey())));
    expect(Status.LOGBLOCK_KNOWN, 0, log.submit(0, NONE, 0, 2));
    expect(Status.LOGBLOCK_NUMBER_AHEAD, 0, log.submit(2, NONE, 0, 4));
  }

  @Test
  void numberThenPreviousThenRangeThenProof() {
    expect(Status.LOGBLOCK_NUMBER_AHEAD, 0, log.submit(1, log.root(1), 1, 2));
    expect(Status.LOGBLOCK_PREVIOUS_WRONG, 0, log.submit(0, log.root(1), 1, 2));
    expect(Status.LOGBLOCK_GAP, 0, log.submit(0, NONE, 1, 2));
    expect(
        Status.LOGBLOCK_INCONSISTENT,
        0,
        new SubmitLogBlock(log.submit(0, NONE, 0, 4).signed(), List.of(NONE)));
    expect(Status.OK, 0, log.submit(0, NONE, 0, 4));
    Bytes32 first = head().digest();
    expect(Status.LOGBLOCK_NUMBER_AHEAD, 0, log.submit(2, NONE, 3, 9));
    expect(Status.LOGBLOCK_PREVIOUS_WRONG, 0, log.submit(1, NONE, 3, 9));
    expect(
        Status.LOGBLOCK_OVERLAPS,
        0,
        new SubmitLogBlock(log.submit(1, first, 3, 9).signed(), List.of()));
    expect(
        Status.LOGBLOCK_GAP, 0, new SubmitLogBlock(log.submit(1, first, 5, 9).signed(), List.of()));
    expect(Status.LOGBLOCK_INCONSISTENT, 0, new SubmitLogBlock(next(log, 9).signed(), List.of()));
    expect(Status.LOGBLOCK_INCONSISTENT, 0, next(branch, 9));
    expect(Status.OK, 0, next(log, 9));
  }

  @Test
  void twoOfOneNumberConvict() {
    expect(Status.OK, 0, log.submit(0, NONE, 0, 4));
    expect(Status.OK, 0, next(log, 9));
    SubmitLogBlock other = branch.submit(0, NONE, 0, 7);
    assertTrue(citable(0).isPresent());
    expect(Status.LOGBLOCK_FORKS, 2, other);
    LogFork fork = value(StateKey.logFork(log.origin), LogFork.class).orElseThrow();
    assertEquals(other.signed(), fork.other());
    assertEquals(acceptedDigest(0), fork.accepted().block().digest());
    assertTrue(fork.accepted().holds() && fork.other().holds());
    assertEquals(3, fork.height());
    assertTrue(head().forked());
    assertEquals(Optional.empty(), citable(0));
    expect(Status.LOGBLOCK_LOG_FORKED, 0, next(log, 20));
    expect(Status.LOGBLOCK_LOG_FORKED, 0, badSignature(other));
  }

  @Test
  void twoRootsOfOneSizeConvictWhateverTheirNumbers() {
    expect(Status.OK, 0, log.submit(0, NONE, 0, 4));
    expect(Status.OK, 0, next(log, 9));
    expect(Status.OK, 0, next(log, 11));
    expect(Status.OK, 0, next(log, 12));
    expect(Status.LOGBLOCK_NUMBER_AHEAD, 0, log.submit(7, NONE, 0, 9));
    expect(Status.LOGBLOCK_FORKS, 0, branch.submit(7, NONE, 0, 9));
    LogFork fork = value(StateKey.logFork(log.origin), LogFork.class).orElseThrow();
    assertEquals(1, fork.accepted().block().number());
    assertEquals(9, fork.other().block().to());
  }

  @Test
  void theLastReceiptUnderAKeyPassesToTheNext() {
    PrivateKeySigner second = PrivateKeySigner.generate(new Gen(9));
    expect(
        Status.OK,
        0,
        changed(
            log.submit(0, NONE, 0, 4),
            log.signer,
            b -> with(b, b.chain(), 0, b.owner(), b.key(), TestLog.key(second))));
    expect(Status.LOGBLOCK_KEY_WRONG, 0, next(log, 9));
    SubmitLogBlock bySecond =
        changed(
            next(log, 9),
            second,
            b ->
                with(
                    b, b.chain(), b.number(), b.owner(), TestLog.key(second), TestLog.key(second)));
    expect(Status.OK, 0, bySecond);
    expect(Status.LOGBLOCK_KNOWN, 0, bySecond);
    expect(Status.LOGBLOCK_FORKS, 1, branch.submit(0, NONE, 0, 5));
  }

  @Test
  void anAnchoredLogGoesOnInLogBlocksAndNeverBack() {
    expect(Status.OK, 0, new AnchorLog(log.origin, 5, log.root(5)));
    expect(Status.LOGBLOCK_NOT_OWNER, 1, ownedBy(1).submit(0, NONE, 0, 8));
    expect(Status.LOGBLOCK_INCONSISTENT, 0, log.submit(0, NONE, 0, 4));
    expect(Status.LOGBLOCK_INCONSISTENT, 0, log.submit(0, NONE, 0, 8));
    SubmitLogBlock first = new SubmitLogBlock(log.submit(0, NONE, 0, 8).signed(), log.proof(5, 8));
    expect(Status.OK, 0, first);
    expect(Status.LOG_HAS_LOGBLOCKS, 0, new AnchorLog(log.origin, 9, log.root(9)));
    expect(Status.OK, 0, next(log, 9));
  }

  /** As where its key changed before it began LogBlocks. */
  @Test
  void anAnchoredLogMayBeginWithLogBlocksThatEndBeforeTheAnchor() {
    expect(Status.OK, 0, new AnchorLog(log.origin, 6, log.root(6)));
    SubmitLogBlock first = proving(log.submit(0, NONE, 0, 2), log.proof(2, 6));
    SubmitLogBlock forged = branch.submit(0, NONE, 0, 4);
    expect(Status.LOGBLOCK_INCONSISTENT, 0, proving(forged, branch.proof(4, 6)));
    expect(Status.LOGBLOCK_INCONSISTENT, 0, proving(first, log.proof(2, 7)));
    expect(Status.OK, 0, first);
    Bytes32 digest = first.signed().block().digest();
    SubmitLogBlock second = log.submit(1, digest, 2, 4);
    expect(Status.LOGBLOCK_INCONSISTENT, 0, second);
    expect(Status.OK, 0, proving(second, log.proof(4, 6)));
    digest = second.signed().block().digest();
    // The branch leaves the log within what was anchored, and after the LogBlocks so far.
    TestLog late = new TestLog("log.example/one", 5, chain.genesis.chain(), owner, 5);
    expect(Status.LOGBLOCK_INCONSISTENT, 0, late.submit(2, digest, 4, 8));
    SubmitLogBlock third = log.submit(2, digest, 4, 8);
    expect(Status.LOGBLOCK_INCONSISTENT, 0, third);
    expect(Status.OK, 0, proving(third, log.proof(6, 8)));
    expect(Status.OK, 0, log.submit(3, third.signed().block().digest(), 8, 9));
  }

  private static SubmitLogBlock proving(SubmitLogBlock submitted, List<Bytes32> proof) {
    return new SubmitLogBlock(submitted.signed(), proof);
  }

  private TestLog ownedBy(int account) {
    return new TestLog("log.example/one", 5, chain.genesis.chain(), chain.account(account));
  }

  @Test
  void aLogOfLogBlocksTakesNoLeaves() {
    expect(Status.OK, 0, log.submit(0, NONE, 0, 1));
    Bytes leaf = Bytes.of(log.root(1).bytes());
    expect(Status.LOG_HAS_LOGBLOCKS, 0, new ExtendLog(log.origin, 0, log.root(1), leaf));
  }
}
