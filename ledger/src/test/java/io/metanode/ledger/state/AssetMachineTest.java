package io.metanode.ledger.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.BlsSecretKey;
import io.metanode.crypto.Ed25519Acceptance;
import io.metanode.crypto.MerkleHash;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.TestChain;
import io.metanode.ledger.block.MerkleList;
import io.metanode.ledger.state.Operation.AddValidator;
import io.metanode.ledger.state.Operation.AnchorLog;
import io.metanode.ledger.state.Operation.BondStake;
import io.metanode.ledger.state.Operation.ExtendLog;
import io.metanode.ledger.state.Operation.ReleaseBond;
import io.metanode.ledger.state.Operation.RemoveValidator;
import io.metanode.ledger.state.Operation.Transfer;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.ChainTag;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionClass;
import io.metanode.ledger.transaction.TransactionDraft;
import io.metanode.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * One case for each status, and one for each pair of neighbours in their order of precedence; those
 * of LogBlocks are in {@link LogBlocksTest}.
 */
class AssetMachineTest {

  private static final Set<Status> SEEN = EnumSet.noneOf(Status.class);
  private static final long RICH = 1_000_000_000_000L;

  private final TestChain chain = new TestChain(1, 4, 2);
  private final Operation pay = new Transfer(Asset.NEX, chain.account(1), 5);

  @AfterEach
  void nothingIsMadeOrDestroyed() {
    assertEquals(
        new Amounts(4_000, 8_000_000, 4 * RICH, 12_000), SupplyAudit.check(chain.ledger.state()));
  }

  @AfterAll
  static void everyStatusHasItsCase() {
    Set<Status> here = EnumSet.allOf(Status.class);
    here.removeIf(status -> status.name().contains("LOGBLOCK"));
    assertEquals(here, SEEN);
  }

  private Account account(int i) {
    return account(chain.account(i));
  }

  private Account account(AccountId id) {
    return chain
        .ledger
        .state()
        .get(StateKey.account(id))
        .map(value -> StoredValue.read(value, Account.class))
        .orElse(Account.NEW);
  }

  private void expect(Status status, TransactionDraft draft) {
    Account before = account(draft.sender());
    Transaction transaction = chain.sign(draft);
    Applied applied = chain.apply(chain.block(List.of(transaction)));
    assertEquals(status.code(), applied.results().getFirst().code(), status.name());
    SEEN.add(status);
    Account after = account(draft.sender());
    if (status.charged()) {
      assertEquals(before.sequence() + 1, after.sequence());
    } else {
      assertEquals(before, after);
    }
    if (status.charged() && status != Status.OK) {
      assertEquals(before.amounts().minus(Asset.FLX, draft.fee()), after.amounts());
    }
  }

  private void expect(Status status, int from, Operation operation) {
    expect(status, chain.draft(from, account(from).sequence(), operation));
  }

  /** A draft with everything wrong from {@code first} on, in the order of precedence. */
  private TransactionDraft wrongFrom(Status first) {
    boolean fee = first.compareTo(Status.FEE_TOO_LOW) <= 0;
    return new TransactionDraft(
        first == Status.WRONG_CHAIN ? new ChainTag(1) : chain.genesis.chain(),
        chain.account(0),
        first.compareTo(Status.SEQUENCE_AHEAD) <= 0 ? 9 : 0,
        TransactionClass.INFO,
        fee ? 0 : 2 * RICH,
        first.compareTo(Status.EXPIRED) <= 0 ? 0 : 1_000,
        77,
        Bytes.EMPTY);
  }

  @Test
  void refusalsInTheirOrder() {
    expect(Status.WRONG_CHAIN, wrongFrom(Status.WRONG_CHAIN));
    expect(Status.EXPIRED, wrongFrom(Status.EXPIRED));
    expect(Status.SEQUENCE_AHEAD, wrongFrom(Status.SEQUENCE_AHEAD));
    expect(Status.FEE_TOO_LOW, wrongFrom(Status.FEE_TOO_LOW));
    expect(Status.FEE_NOT_COVERED, wrongFrom(Status.FEE_NOT_COVERED));
    expect(Status.OK, 0, pay);
    expect(Status.SEQUENCE_USED, chain.draft(0, 0, pay));
  }

  @Test
  void usedSequenceGoesBeforeFees() {
    expect(Status.OK, 0, pay);
    TransactionDraft draft = chain.draft(0, 0, pay);
    expect(
        Status.SEQUENCE_USED,
        new TransactionDraft(
            draft.chain(),
            draft.sender(),
            0,
            draft.category(),
            0,
            draft.expiry(),
            draft.kind(),
            draft.payload()));
  }

  @Test
  void payloadThenClass() {
    TransactionDraft good = chain.draft(0, 0, pay);
    Bytes longer = Bytes.of(Arrays.copyOf(good.payload().toArray(), 42));
    expect(Status.PAYLOAD_MALFORMED, with(good, 0, TransactionClass.INFO, longer));
    expect(Status.CLASS_MISMATCH, with(good, 1, TransactionClass.INFO, good.payload()));
  }

  private static TransactionDraft with(
      TransactionDraft draft, long sequence, TransactionClass category, Bytes payload) {
    return new TransactionDraft(
        draft.chain(),
        draft.sender(),
        sequence,
        category,
        draft.fee(),
        draft.expiry(),
        draft.kind(),
        payload);
  }

  @Test
  void transfersInTheirOrder() {
    expect(Status.AMOUNT_ZERO, 0, new Transfer(Asset.GEN, chain.account(0), 0));
    expect(Status.TRANSFER_TO_SELF, 0, new Transfer(Asset.GEN, chain.account(0), RICH));
    expect(Status.RECIPIENT_RESERVED, 0, new Transfer(Asset.GEN, AssetMachine.FEES, RICH));
    expect(Status.BALANCE_TOO_LOW, 0, new Transfer(Asset.GEN, chain.account(1), 1_001));
    expect(Status.OK, 0, new Transfer(Asset.GEN, chain.account(1), 1_000));
    assertEquals(2_000, account(1).amounts().gen());
    assertEquals(5 * TestChain.FEE, account(AssetMachine.FEES).amounts().flx());
  }

  @Test
  void feeIsTakenBeforeTheAmount() {
    long all = account(2).amounts().flx();
    expect(Status.BALANCE_TOO_LOW, 2, new Transfer(Asset.FLX, chain.account(1), all));
    long left = account(2).amounts().flx() - TestChain.FEE;
    expect(Status.OK, 2, new Transfer(Asset.FLX, chain.account(1), left));
    assertEquals(0, account(2).amounts().flx());
  }

  @Test
  void anchorsInTheirOrder() {
    Bytes origin = Bytes.of("log.example/one".getBytes(StandardCharsets.US_ASCII));
    Bytes32 root = new Bytes32(1, 2, 3, 4);
    expect(Status.ORIGIN_INVALID, 0, new AnchorLog(Bytes.EMPTY, 1, root));
    expect(Status.ORIGIN_INVALID, 0, new AnchorLog(Bytes.of((byte) 10), 1, root));
    expect(Status.OK, 0, new AnchorLog(origin, 7, root));
    expect(Status.ANCHOR_NOT_OWNER, 1, new AnchorLog(origin, 6, root));
    expect(Status.ANCHOR_SHRINKS, 0, new AnchorLog(origin, 6, root));
    expect(Status.ANCHOR_CONFLICT, 0, new AnchorLog(origin, 7, Bytes32.ZERO));
    expect(Status.ANCHOR_KNOWN, 0, new AnchorLog(origin, 7, root));
    expect(Status.OK, 0, new AnchorLog(origin, 8, Bytes32.ZERO));
    StoredValue stored =
        chain
            .ledger
            .state()
            .get(StateKey.anchor(origin))
            .map(value -> StoredValue.read(value, Anchor.class))
            .orElseThrow();
    assertEquals(new Anchor(chain.account(0), 8, Bytes32.ZERO, 8), stored);
  }

  private static final Bytes LOG =
      Bytes.of("log.example/leaves".getBytes(StandardCharsets.US_ASCII));

  private static Bytes leaves(int from, int to) {
    Encoder out = new Encoder(32 * (to - from));
    IntStream.range(from, to).forEach(i -> out.bytes32(leaf(i)));
    return out.toBytes();
  }

  private static Bytes32 leaf(int number) {
    return Bytes32.of(MerkleHash.leaf(new byte[] {(byte) number}));
  }

  /** The root as RFC 6962 has it, worked out from all leaves. */
  private static Bytes32 rootOf(int size) {
    return new MerkleList(IntStream.range(0, size).mapToObj(AssetMachineTest::leaf).toList())
        .root();
  }

  private static ExtendLog extend(int before, int after) {
    return new ExtendLog(LOG, before, rootOf(after), leaves(before, after));
  }

  private Anchor anchor(Bytes origin) {
    return chain
        .ledger
        .state()
        .get(StateKey.anchor(origin))
        .map(value -> StoredValue.read(value, Anchor.class))
        .orElseThrow();
  }

  @Test
  void extensionsInTheirOrder() {
    expect(Status.ORIGIN_INVALID, 0, new ExtendLog(Bytes.EMPTY, 9, Bytes32.ZERO, leaves(0, 1)));
    expect(Status.LOG_GAP, 0, new ExtendLog(LOG, 1, Bytes32.ZERO, leaves(0, 1)));
    expect(Status.LOG_ROOT_WRONG, 0, new ExtendLog(LOG, 0, rootOf(2), leaves(0, 1)));
    expect(Status.OK, 0, extend(0, 5));
    expect(Status.ANCHOR_NOT_OWNER, 1, extend(4, 7));
    expect(Status.LOG_OVERLAPS, 0, extend(0, 5));
    expect(Status.LOG_OVERLAPS, 0, new ExtendLog(LOG, 4, Bytes32.ZERO, leaves(4, 7)));
    expect(Status.LOG_GAP, 0, new ExtendLog(LOG, 6, Bytes32.ZERO, leaves(6, 7)));
    expect(Status.LOG_ROOT_WRONG, 0, new ExtendLog(LOG, 5, rootOf(7), leaves(6, 8)));
    expect(Status.OK, 0, extend(5, 64));
    assertEquals(rootOf(64), anchor(LOG).root());
    assertEquals(List.of(rootOf(64)), anchor(LOG).edge());
  }

  @Test
  void leavesOnTheChainAreNotReplacedByACheckpoint() {
    expect(Status.OK, 0, extend(0, 5));
    expect(Status.ANCHOR_WITHOUT_LEAVES, 0, new AnchorLog(LOG, 6, rootOf(6)));
    expect(Status.ANCHOR_KNOWN, 0, new AnchorLog(LOG, 5, rootOf(5)));
    expect(Status.ANCHOR_CONFLICT, 0, new AnchorLog(LOG, 5, rootOf(6)));
    expect(Status.OK, 0, extend(5, 6));
  }

  @Test
  void aCheckpointWithoutLeavesCannotBeExtended() {
    expect(Status.OK, 0, new AnchorLog(LOG, 5, rootOf(5)));
    expect(Status.LOG_LEAVES_UNKNOWN, 0, extend(4, 6));
    expect(Status.OK, 0, new AnchorLog(LOG, 6, rootOf(6)));
  }

  @Test
  void extensionsOfAnyLengthsGiveTheRootOfAllLeaves() {
    Gen gen = new Gen(7);
    int size = 0;
    while (size < 120) {
      int next = size + gen.intBetween(1, 12);
      expect(Status.OK, 0, extend(size, next));
      size = next;
      assertEquals(rootOf(size), anchor(LOG).root());
    }
  }

  @Test
  void anExtensionHoldsWholeLeavesAndAtLeastOne() {
    TransactionDraft draft = chain.draft(0, 0, extend(0, 2));
    byte[] payload = draft.payload().toArray();
    payload[payload.length - 65]--;
    Bytes cut = Bytes.of(Arrays.copyOf(payload, payload.length - 1));
    expect(Status.PAYLOAD_MALFORMED, with(draft, 0, TransactionClass.POE, cut));
    Bytes none = new ExtendLog(LOG, 0, rootOf(0), Bytes.EMPTY).encode();
    expect(Status.PAYLOAD_MALFORMED, with(draft, 1, TransactionClass.POE, none));
  }

  private AddValidator add(long from, int seed) {
    BlsSecretKey sealKey = BlsSecretKey.generate(new Gen(seed));
    Bytes32 key = Bytes32.of(PrivateKeySigner.generate(new Gen(seed)).publicKey().bytes());
    return new AddValidator(
        from,
        new ValidatorKeys(key, Bytes.of(sealKey.publicKey().bytes())),
        Bytes.of(sealKey.proofOfPossession().bytes()));
  }

  private long soonest() {
    return chain.ledger.head().height() + 3;
  }

  @Test
  void validatorsAddedInTheirOrder() {
    expect(Status.NOT_GOVERNOR, 1, add(0, 50));
    expect(Status.HEIGHT_TOO_SOON, 0, add(soonest() - 1, 50));
    expect(Status.HEIGHT_TOO_SOON, 0, add(0, 50));
    expect(Status.OK, 0, add(1_000, 50));
    expect(Status.HEIGHT_BEFORE_PLANNED, 0, add(999, 51));
    expect(Status.VALIDATOR_KNOWN, 0, add(1_000, 50));
    AddValidator sameSeal = add(1_000, 50);
    Bytes32 otherKey = add(1_000, 51).keys().key();
    expect(
        Status.VALIDATOR_KNOWN,
        0,
        new AddValidator(
            1_000, new ValidatorKeys(otherKey, sameSeal.keys().sealKey()), sameSeal.possession()));
    AddValidator unproved = add(1_000, 51);
    expect(
        Status.VALIDATOR_KEY_INVALID,
        0,
        new AddValidator(1_000, unproved.keys(), add(1_000, 52).possession()));
    expect(
        Status.VALIDATOR_KEY_INVALID,
        0,
        new AddValidator(
            1_000,
            new ValidatorKeys(Bytes32.ZERO, unproved.keys().sealKey()),
            unproved.possession()));
    expect(Status.OK, 0, add(1_000, 51));
    assertEquals(2, AssetMachine.plan(chain.ledger.state()).at(999).members().size());
    assertEquals(4, AssetMachine.plan(chain.ledger.state()).at(1_000).members().size());
  }

  @Test
  void validatorsRemovedInTheirOrder() {
    Bytes32 first = chain.validators.get(0).key();
    Bytes32 second = chain.validators.get(1).key();
    expect(Status.NOT_GOVERNOR, 1, new RemoveValidator(0, first));
    expect(Status.HEIGHT_TOO_SOON, 0, new RemoveValidator(0, first));
    expect(Status.VALIDATOR_UNKNOWN, 0, new RemoveValidator(soonest(), Bytes32.ZERO));
    expect(Status.OK, 0, new RemoveValidator(soonest(), first));
    expect(Status.VALIDATOR_UNKNOWN, 0, new RemoveValidator(soonest(), first));
    expect(Status.VALIDATOR_LAST, 0, new RemoveValidator(soonest(), second));
  }

  @Test
  void bondsInTheirOrder() {
    Bytes32 first = chain.validators.get(0).key();
    Bytes32 nobody = Bytes32.ZERO;
    expect(Status.AMOUNT_ZERO, 0, new BondStake(first, 0));
    expect(Status.BALANCE_TOO_LOW, 0, new BondStake(first, 1_001));
    expect(Status.OK, 0, new BondStake(first, 600));
    expect(Status.OK, 0, new BondStake(first, 100));
    expect(Status.BOND_NOT_OWNER, 1, new BondStake(first, 1));
    assertEquals(300, account(0).amounts().gen());
    assertEquals(700, account(AssetMachine.BONDS).amounts().gen());
    expect(Status.BOND_UNKNOWN, 0, new ReleaseBond(nobody));
    expect(Status.BOND_NOT_OWNER, 1, new ReleaseBond(first));
    expect(Status.BOND_IN_USE, 0, new ReleaseBond(first));
    expect(Status.OK, 0, new RemoveValidator(soonest(), first));
    chain.apply(chain.block(List.of()));
    chain.apply(chain.block(List.of()));
    expect(Status.BOND_IN_USE, 0, new ReleaseBond(first));
    expect(Status.OK, 0, new BondStake(nobody, 200));
    expect(Status.OK, 0, new ReleaseBond(nobody));
    assertEquals(300, account(0).amounts().gen());
  }

  @Test
  void evidenceTakesTheBondAndTheSeatTwoHeightsLater() {
    Bytes32 first = chain.validators.get(0).key();
    Bytes evidence = Bytes.of(first.bytes());
    expect(Status.OK, 0, new BondStake(first, 600));
    assertTrue(chain.machine.convicts(chain.ledger.state(), evidence));
    chain.apply(chain.block(List.of(), List.of(evidence, evidence, Bytes.EMPTY)));
    long height = chain.ledger.head().height();
    ValidatorPlan plan = AssetMachine.plan(chain.ledger.state());
    assertTrue(plan.at(height + 1).member(first).isPresent());
    assertTrue(plan.at(height + 2).member(first).isEmpty());
    assertEquals(600, account(AssetMachine.SLASHED).amounts().gen());
    assertEquals(0, account(AssetMachine.BONDS).amounts().gen());
    assertFalse(chain.machine.convicts(chain.ledger.state(), evidence));
    expect(Status.VALIDATOR_SLASHED, 0, new BondStake(first, 1));
    expect(Status.BOND_UNKNOWN, 0, new ReleaseBond(first));
  }

  @Test
  void theLastValidatorLosesItsBondAndKeepsItsSeat() {
    Bytes32 first = chain.validators.get(0).key();
    Bytes32 second = chain.validators.get(1).key();
    expect(Status.OK, 0, new BondStake(second, 10));
    chain.apply(chain.block(List.of(), List.of(Bytes.of(first.bytes()), Bytes.of(second.bytes()))));
    long height = chain.ledger.head().height();
    ValidatorRoster left = AssetMachine.plan(chain.ledger.state()).at(height + 2);
    assertEquals(List.of(second), left.members().stream().map(ValidatorKeys::key).toList());
    assertEquals(10, account(AssetMachine.SLASHED).amounts().gen());
  }

  @Test
  void aConvictionReachesChangesPlannedAlready() {
    Bytes32 first = chain.validators.get(0).key();
    expect(Status.OK, 0, add(1_000, 50));
    chain.apply(chain.block(List.of(), List.of(Bytes.of(first.bytes()))));
    ValidatorPlan plan = AssetMachine.plan(chain.ledger.state());
    assertTrue(plan.at(999).member(first).isEmpty());
    assertEquals(2, plan.at(1_000).members().size());
    assertTrue(plan.at(1_000).member(first).isEmpty());
  }

  @Test
  void planIsBounded() {
    for (int i = 0; i < ValidatorPlan.MAX_PLANNED - 1; i++) {
      expect(Status.OK, 0, add(1_000 + i, 60 + i));
    }
    expect(Status.PLAN_FULL, 0, add(2_000, 99));
    long last = 1_000 + ValidatorPlan.MAX_PLANNED - 2;
    expect(Status.OK, 0, new RemoveValidator(last, add(0, 60).keys().key()));
  }

  @Test
  void validatorsAreBounded() {
    List<ValidatorKeys> many = new ArrayList<>();
    for (int i = 0; i < ValidatorRoster.MAX; i++) {
      many.add(new ValidatorKeys(new Bytes32(i, 0, 0, 0), Bytes.of(new byte[48])));
    }
    WorkingState state = new WorkingState(chain.ledger.state());
    state.put(
        StateKey.VALIDATORS,
        new ValidatorPlan(List.of(new ValidatorPlan.Term(0, new ValidatorRoster(many)))));
    Status status =
        ValidatorChanges.apply(chain.account(0), add(9, 50), 1, state, new BlsPossession());
    assertEquals(Status.VALIDATORS_FULL, status);
    SEEN.add(status);
  }

  @Test
  void sequenceInsideABlockCounts() {
    List<Transaction> batch = List.of(chain.transfer(0, 1, 1), chain.transfer(0, 1, 2));
    Applied applied = chain.apply(chain.block(List.of(batch.get(1), batch.get(0), batch.get(1))));
    assertEquals(
        List.of(Status.SEQUENCE_AHEAD.code(), 0, 0),
        applied.results().stream().map(TransactionResult::code).toList());
  }

  @Test
  void auditFindsMadeMoney() {
    Account rich = new Account(0, Amounts.ZERO.plus(Asset.AUR, 1));
    StateTree forged =
        chain
            .ledger
            .state()
            .with(List.of(StateChange.put(StateKey.account(AccountId.reserved(3)), rich.encode())));
    assertThrows(IllegalStateException.class, () -> SupplyAudit.check(forged));
  }

  @Test
  void reservedAccountsHaveNoKey() {
    for (int i = 0; i < AccountId.RESERVED; i++) {
      AccountId id = AccountId.reserved(i);
      assertTrue(id.isReserved());
      assertFalse(Ed25519Acceptance.acceptsKey(id.value().bytes()));
    }
    assertFalse(chain.account(0).isReserved());
  }
}
