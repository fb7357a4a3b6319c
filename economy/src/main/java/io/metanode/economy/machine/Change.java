package io.metanode.economy.machine;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.billing.PriceList;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.supply.Purse;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;

/** What governance may decide. */
public sealed interface Change {

  int RULES = 1;
  int PRICES = 2;
  int NOTARIES = 3;
  int SOURCES = 4;
  int PROVIDER = 5;
  int BANK = 6;
  int GRANT = 7;

  /** Other rules. */
  record SetRules(Rules rules) implements Change {}

  /** The next version of the prices of usage. */
  record AddPrices(PriceList list) implements Change {}

  /** Other notaries. */
  record SetNotaries(NotarySet notaries) implements Change {}

  /** Other sources of the price of FLX. */
  record SetSources(Sources sources) implements Change {}

  /** Whether the work of a log's owner is rewarded. */
  record SetProvider(Bytes32 owner, boolean admitted) implements Change {}

  /** Whether a bank may hold AUR; one that may no longer is frozen. */
  record SetBank(Bytes32 owner, boolean admitted) implements Change {}

  /** Pays out of a purse. */
  record Grant(Purse purse, Token token, AccountId account, Amount amount) implements Change {

    /**
     * @throws IllegalArgumentException if nothing is paid out of that purse
     */
    public Grant {
      switch (purse) {
        case ISSUE, FEES, WALLETS, MINING ->
            throw new IllegalArgumentException("nothing is granted out of " + purse);
        default -> {}
      }
    }
  }

  /** Whether it changes rules: then it waits, so that whoever dislikes it can leave. */
  default boolean waits() {
    return switch (this) {
      case SetRules _, AddPrices _, SetNotaries _, SetSources _, Grant _ -> true;
      case SetProvider _, SetBank _ -> false;
    };
  }

  default void encode(Encoder out) {
    switch (this) {
      case SetRules change -> change.rules().encodeFields(out.u8(RULES));
      case AddPrices change -> PriceBookFact.encode(change.list(), out.u8(PRICES));
      case SetNotaries change -> change.notaries().encodeFields(out.u8(NOTARIES));
      case SetSources change -> change.sources().encodeFields(out.u8(SOURCES));
      case SetProvider change ->
          out.u8(PROVIDER).bytes32(change.owner()).u8(change.admitted() ? 1 : 0);
      case SetBank change -> out.u8(BANK).bytes32(change.owner()).u8(change.admitted() ? 1 : 0);
      case Grant change ->
          out.u8(GRANT)
              .u8(change.purse().code())
              .u8(change.token().code())
              .bytes32(change.account().value())
              .u64(change.amount().units());
    }
  }

  static Change decode(Decoder in) throws DecodingException {
    int kind = in.u8();
    return switch (kind) {
      case RULES -> new SetRules(Rules.decodeFields(in));
      case PRICES -> new AddPrices(PriceBookFact.decodeList(in));
      case NOTARIES -> new SetNotaries(NotarySet.decodeFields(in));
      case SOURCES -> new SetSources(Sources.decodeFields(in));
      case PROVIDER -> new SetProvider(in.bytes32(), Fields.flag(in));
      case BANK -> new SetBank(in.bytes32(), Fields.flag(in));
      case GRANT -> {
        Purse purse = purse(in);
        Token token = Fields.token(in);
        AccountId account = Fields.account(in);
        Amount amount = Fields.amount(in);
        yield Fields.valid(in, () -> new Grant(purse, token, account, amount));
      }
      default -> throw in.fault(DecodingFault.UNKNOWN_CODE, "change " + kind);
    };
  }

  private static Purse purse(Decoder in) throws DecodingException {
    int code = in.u8();
    return Purse.ofCode(code)
        .orElseThrow(() -> in.fault(DecodingFault.UNKNOWN_CODE, "purse " + code));
  }
}
