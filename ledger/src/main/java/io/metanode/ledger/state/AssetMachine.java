package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.LedgerModule;
import io.metanode.ledger.ModuleContext;
import io.metanode.ledger.ModuleReader;
import io.metanode.ledger.mempool.Standing;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Accounts in four assets, anchors of receipt logs, the validators and the stake behind them. Fees
 * go to a reserved account; nothing is made or destroyed, which {@link SupplyAudit} checks.
 */
public final class AssetMachine implements StateMachine {

  /** Where fees go. */
  public static final AccountId FEES = AccountId.reserved(0);

  /** Where bonds of validators lie. */
  public static final AccountId BONDS = AccountId.reserved(1);

  /** Where bonds of convicted validators go. */
  public static final AccountId SLASHED = AccountId.reserved(2);

  private final FeeRule fees;
  private final PossessionCheck possession;
  private final EvidenceCheck evidence;
  private final LedgerModule module;

  /** A machine of a chain without a module. */
  public AssetMachine(FeeRule fees, PossessionCheck possession, EvidenceCheck evidence) {
    this(fees, possession, evidence, LedgerModule.NONE);
  }

  /**
   * @param module what the chain does besides
   */
  public AssetMachine(
      FeeRule fees, PossessionCheck possession, EvidenceCheck evidence, LedgerModule module) {
    this.fees = fees;
    this.possession = possession;
    this.evidence = evidence;
    this.module = module;
  }

  @Override
  public Applied apply(BlockContext context, List<Transaction> transactions, StateReader before) {
    WorkingState state = new WorkingState(before, 2 * transactions.size());
    ModuleContext place = new ModuleContext(context.height(), context.timeMillis());
    ModuleView begun = new ModuleView(state);
    module.begin(place, begun);
    begun.commit();
    for (Bytes piece : context.evidence()) {
      evidence.offender(piece).ifPresent(key -> Bonds.slash(key, context.height(), state));
    }
    List<TransactionResult> results = new ArrayList<>(transactions.size());
    long collected = 0;
    for (Transaction transaction : transactions) {
      int code = apply(context, place, transaction, state);
      if (code == Status.OK.code() || code >= Status.FIRST_CHARGED) {
        collected = Math.addExact(collected, transaction.draft().fee());
      }
      results.add(new TransactionResult(transaction.id(), code));
    }
    if (collected > 0) {
      Account account = state.account(FEES);
      state.put(
          FEES, new Account(account.sequence(), account.amounts().plus(Asset.FLX, collected)));
    }
    dropOldTerms(state, context.height());
    return state.applied(results);
  }

  /**
   * Heights up to the block after this one are decided; the header after it names their rosters.
   */
  private static void dropOldTerms(WorkingState state, long height) {
    state
        .value(StateKey.VALIDATORS, ValidatorPlan.class)
        .ifPresent(plan -> state.put(StateKey.VALIDATORS, plan.since(height + 1)));
  }

  private int apply(
      BlockContext context, ModuleContext place, Transaction transaction, WorkingState state) {
    Account sender = state.account(transaction.sender());
    Status refused = refusal(context, transaction, sender);
    if (refused != Status.OK) {
      return refused.code();
    }
    state.put(
        transaction.sender(),
        new Account(
            sender.sequence() + 1, sender.amounts().minus(Asset.FLX, transaction.draft().fee())));
    TransactionDraft draft = transaction.draft();
    return LedgerModule.owns(draft.kind())
        ? perform(place, draft, state)
        : perform(context, draft, state).code();
  }

  /** What the module makes of an operation of its own. */
  private int perform(ModuleContext place, TransactionDraft draft, WorkingState state) {
    Status refused = moduleRefusal(draft);
    if (refused != Status.OK) {
      return refused.code();
    }
    ModuleView view = new ModuleView(state);
    int code = module.perform(place, draft.sender().value(), draft.kind(), draft.payload(), view);
    if (code == Status.OK.code()) {
      view.commit();
    } else if (code < LedgerModule.FIRST_CODE) {
      throw new IllegalStateException(module.name() + " answers with the ledger's code " + code);
    }
    return code;
  }

  private Status moduleRefusal(TransactionDraft draft) {
    OptionalInt category = module.category(draft.kind(), draft.payload());
    if (category.isEmpty()) {
      return Status.PAYLOAD_MALFORMED;
    }
    boolean fits = category.getAsInt() == draft.category().code();
    return fits ? Status.OK : Status.CLASS_MISMATCH;
  }

  /** Why the transaction leaves no trace. */
  private Status refusal(BlockContext context, Transaction transaction, Account sender) {
    TransactionDraft draft = transaction.draft();
    if (!draft.chain().equals(context.chain())) {
      return Status.WRONG_CHAIN;
    }
    if (draft.expiry() < context.height()) {
      return Status.EXPIRED;
    }
    if (draft.sequence() != sender.sequence()) {
      return draft.sequence() < sender.sequence() ? Status.SEQUENCE_USED : Status.SEQUENCE_AHEAD;
    }
    if (draft.fee() < fees.least(transaction)) {
      return Status.FEE_TOO_LOW;
    }
    return sender.amounts().flx() < draft.fee() ? Status.FEE_NOT_COVERED : Status.OK;
  }

  private Status perform(BlockContext context, TransactionDraft draft, WorkingState state) {
    Operation operation;
    try {
      operation = Operation.decode(draft.kind(), draft.payload());
    } catch (DecodingException e) {
      return Status.PAYLOAD_MALFORMED;
    }
    if (operation.category() != draft.category()) {
      return Status.CLASS_MISMATCH;
    }
    return switch (operation) {
      case Operation.Transfer transfer -> Transfers.apply(draft.sender(), transfer, state);
      case Operation.AnchorLog anchor ->
          Anchors.apply(draft.sender(), anchor, context.height(), state);
      case Operation.ExtendLog extend ->
          Anchors.apply(draft.sender(), extend, context.height(), state);
      case Operation.SubmitLogBlock submit ->
          LogBlocks.apply(context, draft.sender(), submit, state);
      case Operation.AddValidator add ->
          ValidatorChanges.apply(draft.sender(), add, context.height(), state, possession);
      case Operation.RemoveValidator remove ->
          ValidatorChanges.apply(draft.sender(), remove, context.height(), state);
      case Operation.BondStake bond -> Bonds.apply(draft.sender(), bond, state);
      case Operation.ReleaseBond release ->
          Bonds.apply(draft.sender(), release, context.height(), state);
    };
  }

  @Override
  public ValidatorRoster roster(StateReader state, long height) {
    return plan(state).at(height);
  }

  /** Who decides which heights. */
  public static ValidatorPlan plan(StateReader state) {
    return new WorkingState(state)
        .value(StateKey.VALIDATORS, ValidatorPlan.class)
        .orElseThrow(() -> new IllegalStateException("the state names no validators"));
  }

  /** A state as a module reads it. */
  public static ModuleReader read(StateReader state) {
    return new ModuleView(new WorkingState(state));
  }

  @Override
  public boolean convicts(StateReader state, Bytes piece) {
    return evidence
        .offender(piece)
        .map(key -> Bonds.isReachable(key, new WorkingState(state)))
        .orElse(false);
  }

  @Override
  public Standing standing(StateReader state, AccountId id) {
    Account account = state.account(id).account();
    return new Standing(account.sequence(), account.amounts().flx());
  }

  @Override
  public int precheck(Transaction transaction) {
    TransactionDraft draft = transaction.draft();
    if (draft.fee() < fees.least(transaction)) {
      return Status.FEE_TOO_LOW.code();
    }
    if (LedgerModule.owns(draft.kind())) {
      return moduleRefusal(draft).code();
    }
    try {
      Operation operation = Operation.decode(draft.kind(), draft.payload());
      boolean fits = operation.category() == draft.category();
      return (fits ? Status.OK : Status.CLASS_MISMATCH).code();
    } catch (DecodingException e) {
      return Status.PAYLOAD_MALFORMED.code();
    }
  }
}
