package io.metanode.economy.supply;

/** What accounts and transfers of the economy are for. They never change. */
public final class Codes {

  /** An account of the economy itself. */
  public static final int PURSE = 1;

  /** An account of whoever. */
  public static final int WALLET = 2;

  /** A miner's locked reserve. */
  public static final int RESERVE = 3;

  /** An account of a bank. */
  public static final int BANK = 4;

  /** Transfers: what the network begins with. */
  public static final int GENESIS = 16;

  /** Transfers: reward of work. */
  public static final int REWARD = 17;

  /** Transfers: the price of a job. */
  public static final int JOB = 18;

  /** Transfers: a share of a job's fee. */
  public static final int FEE = 19;

  /** Transfers: what is destroyed. */
  public static final int BURN = 20;

  /** Transfers: what is made. */
  public static final int MINT = 21;

  /** Transfers: out of a wallet into an account. */
  public static final int DEPOSIT = 22;

  /** Transfers: out of an account into a wallet. */
  public static final int WITHDRAWAL = 23;

  /** Transfers: what governance pays out of a purse. */
  public static final int GRANT = 24;

  /** The first code of transfers that means nothing to the economy. */
  public static final int FIRST_FREE = 32;

  private Codes() {}
}
