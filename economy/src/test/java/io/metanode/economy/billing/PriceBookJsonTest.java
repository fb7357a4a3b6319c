package io.metanode.economy.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.DocumentException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceBookJsonTest {

  private static final PriceBook TWO =
      new PriceBook(
          List.of(PriceList.FIRST, new PriceList(2, 3_600_000, PriceList.FIRST.prices())));

  @Test
  void bookAsADocument() {
    assertEquals(
        """
        {"type":"https://metanode.io/PriceBook/v1","versions":[{"from":"1970-01-01T00:00:00Z",\
        "prices":{"cpu_ms":"0.000020000","egress_mb":"0.000030000","memory_mb_s":"0.000010000",\
        "receipts_count":"0.000050000","storage_gb_day":"0.001000000"},"version":"1"}]}""",
        new String(PriceBookJson.write(PriceBook.FIRST), StandardCharsets.UTF_8));
  }

  @Test
  void isReadHoweverItWasWritten() throws DocumentException {
    String text = new String(PriceBookJson.write(TWO), StandardCharsets.UTF_8);
    String byHand = text.replace(",", " ,\n").replace("0.000020000", "0.00002");
    PriceBook read = PriceBookJson.read(byHand.getBytes(StandardCharsets.UTF_8));
    assertEquals(TWO, read);
    assertEquals(PriceBookJson.digest(TWO), PriceBookJson.digest(read));
  }

  @Test
  void laterBooksFollowIfNothingSettledChanges() {
    assertTrue(PriceBookJson.follows(TWO, PriceBookJson.digest(TWO), 2_500));
    assertTrue(PriceBookJson.follows(TWO, PriceBookJson.digest(PriceBook.FIRST), 0));
    assertFalse(PriceBookJson.follows(TWO, PriceBookJson.digest(PriceBook.FIRST), 1));
    assertFalse(PriceBookJson.follows(PriceBook.FIRST, PriceBookJson.digest(TWO), 0));
  }

  @Test
  void whatIsWrongIsNamed() {
    assertEquals(
        "/versions/0/prices/cpu_ms: is no amount with up to nine decimals: -1",
        wrong("0.000020000", "-1"));
    assertEquals(
        "/versions/0/prices/cpu_ms: is no amount with up to nine decimals: 0.0000000001",
        wrong("0.000020000", "0.0000000001"));
    assertTrue(wrong("cpu_ms", "gpu_ms").startsWith("/versions/0/prices/cpu_ms: is missing"));
    assertTrue(
        wrong("01:00:00Z", "01:00:00.0001Z")
            .startsWith("/versions/1/from: has more than milliseconds"));
    assertTrue(wrong("\"version\":\"2\"", "\"version\":\"3\"").startsWith("/versions: "));
    assertTrue(wrong("\"type\"", "\"note\":\"\",\"type\"").startsWith("/note: is unknown"));
    assertTrue(wrong("{", "[").startsWith("not JSON"));
  }

  private static String wrong(String from, String to) {
    String text = new String(PriceBookJson.write(TWO), StandardCharsets.UTF_8);
    byte[] changed =
        text.replaceFirst(java.util.regex.Pattern.quote(from), to).getBytes(StandardCharsets.UTF_8);
    return String.valueOf(
        assertThrows(DocumentException.class, () -> PriceBookJson.read(changed)).getMessage());
  }
}
