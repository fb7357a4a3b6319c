package io.metanode.economy.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.economy.accounts.Movement.Balancing;
import io.metanode.economy.accounts.TransferRecord.Phase;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Whole examples of docs/formats/accounts.md, written by hand from its tables. */
class EntryCodecTest {

  private static final String ID = "11".repeat(32);
  private static final String DEBIT = "22".repeat(32);
  private static final String CREDIT = "33".repeat(32);
  private static final String MEMO = "44".repeat(32);
  private static final String TOTALS =
      "00000000000000000000000000000001"
          + "00000000000000010000000000000000"
          + "0000000000000000ffffffffffffffff"
          + "00000000000000000000000000000004";

  private static Bytes32 filled(int digit) {
    long all = 0x1111111111111111L * digit;
    return new Bytes32(all, all, all, all);
  }

  private static final Balance BALANCE =
      new Balance(new Total(0, 1), new Total(1, 0), new Total(0, -1), new Total(0, 4));

  private static void golden(String hex, Entry entry) throws DecodingException {
    assertEquals(hex, entry.encode().toString());
    assertEquals(entry, Entry.decode(Bytes.ofHex(hex)));
  }

  private static Movement movement() {
    return new Movement(
        new AccountId(filled(2)),
        new AccountId(filled(3)),
        Token.FLX,
        new Amount(1_000_000_000),
        Balancing.CREDIT,
        0x0102,
        filled(4));
  }

  private static final String MOVEMENT =
      DEBIT + CREDIT + "02" + "000000003b9aca00" + "02" + "0102" + MEMO;

  @Test
  void account() throws DecodingException {
    AccountTerms terms =
        new AccountTerms(
            new AccountId(filled(1)), Token.AUR, 5, new AccountFlags(13), new Amount(7), 8);
    golden(
        "10"
            + ID
            + "03"
            + "0005"
            + "000d"
            + "0000000000000007"
            + "0000000000000008"
            + "0000000000000009"
            + "000000000000000a"
            + TOTALS,
        new Account(terms, 9, 10, BALANCE));
  }

  @Test
  void transfers() throws DecodingException {
    TransferId id = new TransferId(filled(1));
    TransferId held = new TransferId(filled(2));
    String time = "00000000000003e8";
    String amount = "0000000000000005";
    Amount five = new Amount(5);
    golden(
        "11" + time + amount + "00" + "01" + ID + MOVEMENT,
        new TransferRecord(new Transfer.Direct(id, movement()), 1000, five, Phase.NONE));
    golden(
        "11" + time + amount + "04" + "02" + ID + MOVEMENT + "0000003c",
        new TransferRecord(new Transfer.Pending(id, movement(), 60), 1000, five, Phase.EXPIRED));
    golden(
        "11" + time + amount + "00" + "03" + ID + DEBIT + "7fffffffffffffff" + MEMO,
        new TransferRecord(
            new Transfer.PostPending(id, held, Amount.MAX, filled(4)), 1000, five, Phase.NONE));
    golden(
        "11" + time + amount + "00" + "04" + ID + DEBIT + MEMO,
        new TransferRecord(new Transfer.VoidPending(id, held, filled(4)), 1000, five, Phase.NONE));
  }

  @Test
  void theRest() throws DecodingException {
    golden(
        "12" + ID + "0000000000000002" + "00000000000003e8" + TOTALS,
        new BalanceChange(new AccountId(filled(1)), 2, 1000, BALANCE));
    golden(
        "13" + "0000000000000002" + "00000000000003e8" + ID,
        new Expiry(2, 1000, new TransferId(filled(1))));
    golden("14" + "0000000000000002", new ExpiryCount(2));
  }

  private static void refused(DecodingFault fault, String hex) {
    Bytes bytes = Bytes.of(HexFormat.of().parseHex(hex));
    DecodingException e = assertThrows(DecodingException.class, () -> Entry.decode(bytes));
    assertEquals(fault, e.fault());
  }

  @Test
  void whatNoEncoderWrites() {
    String account = "10" + ID + "03" + "0005";
    String rest = "0000000000000000".repeat(3) + TOTALS;
    refused(DecodingFault.UNKNOWN_CODE, "15");
    refused(DecodingFault.UNKNOWN_CODE, "10" + ID + "04");
    refused(DecodingFault.UNKNOWN_CODE, account + "0020");
    refused(DecodingFault.OUT_OF_RANGE, account + "0003" + "0000000000000000" + rest);
    refused(DecodingFault.OUT_OF_RANGE, account + "0000" + "0000000000000001" + rest);
    refused(DecodingFault.OUT_OF_RANGE, account + "0001" + "8000000000000000" + rest);
    String head = "11" + "00".repeat(8) + "00".repeat(8);
    refused(DecodingFault.UNKNOWN_CODE, head + "05");
    refused(DecodingFault.UNKNOWN_CODE, head + "00" + "05" + ID);
    refused(DecodingFault.OUT_OF_RANGE, head + "01" + "01" + ID + MOVEMENT);
    refused(DecodingFault.OUT_OF_RANGE, head + "00" + "02" + ID + MOVEMENT + "0000003c");
    refused(DecodingFault.OUT_OF_RANGE, head + "01" + "02" + ID + MOVEMENT + "80000000");
    refused(DecodingFault.TRAILING, "14" + "0000000000000002" + "00");
  }
}
