package io.metanode.simulation.economy;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountTerms;
import io.metanode.economy.accounts.TransferResult;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.poe.PoeParameters;
import io.metanode.economy.poe.Usage;
import io.metanode.economy.price.PriceBoard;
import io.metanode.economy.price.PriceDecision;
import io.metanode.economy.price.PriceQuote;
import io.metanode.economy.price.PriceRules;
import io.metanode.economy.supply.Codes;
import io.metanode.economy.supply.FlxEpoch;
import io.metanode.economy.supply.FlxPolicy;
import io.metanode.economy.supply.JobPayment;
import io.metanode.economy.supply.PoeReward;
import io.metanode.economy.supply.Purse;
import io.metanode.economy.supply.Supply;
import io.metanode.simulation.economy.Assumptions.Shock;
import io.metanode.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One year, or so many days, of one set of assumptions and one seed. */
public final class EconomyRun {

  private static final int PROVIDERS = 10;
  private static final int SOURCES = 5;
  private static final int SHOCK_DAY = 120;
  private static final int SHOCK_DAYS = 30;
  private static final double SPARE_CAPACITY = 1.5;

  /** FLX of fees for a NEX of jobs: 2 % of it at par. */
  private static final double FLX_FEES = 0.2;

  /** At list prices a NEX of jobs is 50 s of CPU time. */
  private static final double CPU_MILLIONTHS = 5e10;

  private final Assumptions assumptions;
  private final Gen gen;
  private final Books books = new Books();
  private final PoeParameters poe;
  private final Pool nex;
  private final Pool flx;
  private final AccountId tenants = AccountId.named("tenants");
  private final AccountId feePayers = AccountId.named("fee payers");
  private final List<Provider> providers = new ArrayList<>();
  private final List<Speculator> nexTraders = new ArrayList<>();
  private final List<Speculator> flxTraders = new ArrayList<>();
  private final List<Day> days = new ArrayList<>();
  private PriceBoard nexBoard = PriceBoard.empty(PriceRules.DEFAULT);
  private PriceBoard flxBoard = PriceBoard.empty(PriceRules.DEFAULT);
  private double backlog;
  private double dealing;

  /**
   * A day, at its end. Levels are prices against par, money is in AUR.
   *
   * @param margin of all providers: income less cost, of income
   * @param jobs settled, in NEX at list price
   * @param stopped whether nothing was settled because the price sources disagreed
   */
  public record Day(
      double nexLevel,
      double flxLevel,
      double nexSupply,
      double flxSupply,
      double treasury,
      double margin,
      double jobs,
      boolean stopped) {}

  /**
   * What came of a run.
   *
   * @param dealing what all providers together gained by buying from themselves, in AUR
   * @param faults what the audit of the ledger found wrong
   */
  public record Result(
      Assumptions assumptions, List<Day> days, double dealing, List<String> faults) {}

  private EconomyRun(Assumptions assumptions, long seed) {
    this.assumptions = assumptions;
    gen = new Gen(seed);
    PoeParameters usual = PoeParameters.DEFAULT;
    poe = new PoeParameters(usual.weights(), usual.most(), assumptions.adoption());
    nex = new Pool(Token.NEX, books);
    flx = new Pool(Token.FLX, books);
    endow(Purse.GRANTS.of(Token.NEX), nex.account, Token.NEX, 40_000);
    endow(Purse.LIQUIDITY.of(Token.FLX), flx.account, Token.FLX, 100_000);
    nex.startAtPar();
    flx.startAtPar();
    wallet(tenants, Token.NEX);
    wallet(feePayers, Token.FLX);
    double each = assumptions.dailyJobs() * SPARE_CAPACITY / PROVIDERS;
    for (int i = 0; i < PROVIDERS; i++) {
      providers.add(new Provider(wallet(AccountId.named("provider " + i), Token.NEX), each));
      wallet(identity(i), Token.NEX);
    }
    for (int i = 0; i < 6; i++) {
      AccountId nexTrader = wallet(AccountId.named("trader NEX " + i), Token.NEX);
      nexTraders.add(new Speculator(nexTrader, 500_000 * 1e9, i % 3 == 0));
      AccountId flxTrader = wallet(AccountId.named("trader FLX " + i), Token.FLX);
      endow(Purse.CIRCULATION.of(Token.FLX), flxTrader, Token.FLX, 10_000);
      flxTraders.add(new Speculator(flxTrader, 100_000 * 1e9, i % 3 == 0));
    }
  }

  public static Result of(Assumptions assumptions, long seed, int length) {
    EconomyRun run = new EconomyRun(assumptions, seed);
    for (int day = 0; day < length; day++) {
      run.day(day);
    }
    return new Result(assumptions, run.days, run.dealing, run.books.faults());
  }

  private static AccountId identity(int provider) {
    return AccountId.named("second identity " + provider);
  }

  private AccountId wallet(AccountId id, Token token) {
    books.open(AccountTerms.wallet(id, token, Codes.WALLET));
    return id;
  }

  private void endow(AccountId from, AccountId to, Token token, long whole) {
    if (!books.move(from, to, token, Amount.tokens(whole))) {
      throw new IllegalStateException("the simulation cannot begin: no " + whole + " " + token);
    }
  }

  private boolean during(Shock shock, int day) {
    return assumptions.shock() == shock && day >= SHOCK_DAY && day < SHOCK_DAY + SHOCK_DAYS;
  }

  private void day(int day) {
    books.nextDay();
    if (assumptions.shock() == Shock.PROVIDERS_LEAVE && day == SHOCK_DAY) {
      providers.subList(0, PROVIDERS / 2).forEach(Provider::leave);
    }
    boolean lie = during(Shock.SOURCE_LIES, day);
    nexTraders.forEach(trader -> trader.trade(nex, books, gen));
    flxTraders.forEach(trader -> trader.trade(flx, books, gen));
    Optional<Amount> nexRate = post(nex, lie);
    Optional<Amount> flxRate = post(flx, false);
    double wanted = demand(day) + backlog;
    double capacity = providers.stream().mapToDouble(Provider::capacity).sum();
    double jobs = nexRate.isPresent() ? Math.min(wanted, capacity) : 0;
    // What cannot be settled while prices disagree waits; what there is no capacity for is lost.
    backlog = nexRate.isPresent() ? 0 : wanted;
    double[] sums = work(day, jobs, capacity);
    dealWithThemselves(day);
    payFees(sums[2]);
    endEpoch(day, flxRate);
    double margin = sums[0] > 0 ? (sums[0] - sums[1]) / sums[0] : 0;
    days.add(conclude(margin, sums[2], nexRate.isEmpty()));
  }

  private double demand(int day) {
    double grown = StrictMath.pow(1 + assumptions.monthlyGrowth(), day / 30.0);
    double liked = StrictMath.pow(nex.level(), -assumptions.elasticity());
    double shock = during(Shock.DEMAND_TIMES_TEN, day) ? 10 : 1;
    return assumptions.dailyJobs() * grown * liked * shock * gen.between(90, 110) / 100;
  }

  private Optional<Amount> post(Pool pool, boolean lie) {
    List<PriceQuote> quotes = new ArrayList<>();
    for (int i = 0; i < SOURCES; i++) {
      long thousandths = lie && i == 0 ? 1_500 : 1_000 + gen.between(-3, 3);
      Amount price = pool.price().times(thousandths, 1_000);
      quotes.add(
          new PriceQuote("source " + i, price.isZero() ? new Amount(1) : price, books.now()));
    }
    PriceBoard board = pool == nex ? nexBoard : flxBoard;
    PriceBoard.Outcome outcome = board.decide(quotes, books.now());
    if (pool == nex) {
      nexBoard = outcome.board();
    } else {
      flxBoard = outcome.board();
    }
    return switch (outcome.decision()) {
      case PriceDecision.Posted posted -> Optional.of(posted.rate());
      case PriceDecision.Bounded bounded -> Optional.of(bounded.rate());
      case PriceDecision.TooFewSources _, PriceDecision.SourcesDisagree _ -> Optional.empty();
    };
  }

  private static Usage usage(double jobs) {
    return new Usage((long) (jobs * CPU_MILLIONTHS), 0, 0, 0, 0);
  }

  /** Income, cost and jobs of all providers. */
  private double[] work(int day, double jobs, double capacity) {
    double[] sums = new double[3];
    for (int i = 0; i < PROVIDERS && jobs > 0; i++) {
      Provider provider = providers.get(i);
      double part = jobs * provider.capacity() / capacity;
      long money = nex.spendable(part * nex.price().units());
      Amount paid = nex.buy(tenants, money);
      if (part <= 0 || paid.isZero()) {
        continue;
      }
      double price = nex.price().units() / 1e9;
      double before = books.held(provider.account).units() / 1e9;
      pay("job " + i + " " + day, tenants, provider.account, paid);
      double done = paid.units() / 1e9;
      new PoeReward(provider.account, day, usage(done)).pay(books.ledger, poe, books.now());
      double earned = books.held(provider.account).units() / 1e9 - before;
      double cost = done * assumptions.cost();
      provider.conclude(earned * price, cost);
      sell(provider, earned, cost / price);
      sums[0] += earned * price;
      sums[1] += cost;
      sums[2] += done;
    }
    return sums;
  }

  private void pay(String job, AccountId payer, AccountId provider, Amount gross) {
    List<TransferResult> results =
        new JobPayment(job, payer, provider, gross).pay(books.ledger, books.now());
    if (!results.stream().allMatch(TransferResult::ok)) {
      throw new IllegalStateException(job + " was not paid: " + results);
    }
  }

  /** What costs ask for, half of what remains, and a hundredth of what was kept before. */
  private void sell(Provider provider, double earned, double needed) {
    Amount held = books.held(provider.account);
    double kept = Math.max(0, held.units() / 1e9 - earned);
    double sold = (needed >= earned ? earned : (earned + needed) / 2) + kept / 100;
    nex.sell(provider.account, new Amount((long) (sold * 1e9)).min(held));
  }

  /** Each provider buys work for one NEX from an identity of its own, and takes all back. */
  private void dealWithThemselves(int day) {
    for (int i = 0; i < PROVIDERS && assumptions.shock() == Shock.SELF_DEALING; i++) {
      AccountId provider = providers.get(i).account;
      Amount before = books.held(provider);
      if (before.compareTo(Amount.tokens(1)) < 0) {
        continue;
      }
      pay("own job " + i + " " + day, provider, identity(i), Amount.tokens(1));
      new PoeReward(identity(i), day, usage(1)).pay(books.ledger, poe, books.now());
      books.move(identity(i), provider, Token.NEX, books.held(identity(i)));
      double gained = (books.held(provider).units() - before.units()) / 1e9;
      dealing += gained * nex.price().units() / 1e9 - assumptions.cost();
    }
  }

  private void payFees(double jobs) {
    long money = flx.spendable(jobs * FLX_FEES * flx.price().units());
    Amount bought = flx.buy(feePayers, money);
    books.move(feePayers, Purse.FEES.of(Token.FLX), Token.FLX, bought);
  }

  private void endEpoch(int day, Optional<Amount> rate) {
    AccountId circulation = Purse.CIRCULATION.of(Token.FLX);
    Amount before = books.held(circulation);
    FlxEpoch.settle(day, rate, FlxPolicy.DEFAULT, books.ledger, books.now());
    flx.sell(circulation, books.held(circulation).minus(before));
  }

  private Day conclude(double margin, double jobs, boolean stopped) {
    double treasury =
        books.held(Purse.TREASURY.of(Token.NEX)).units() / 1e9 * nex.price().units() / 1e9
            + books.held(Purse.TREASURY.of(Token.FLX)).units() / 1e9 * flx.price().units() / 1e9;
    return new Day(
        nex.level(),
        flx.level(),
        Supply.of(Token.NEX, books.ledger).outstanding().units() / 1e9,
        Supply.of(Token.FLX, books.ledger).outstanding().units() / 1e9,
        treasury,
        margin,
        jobs,
        stopped);
  }
}
