package io.metanode.containers.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** DNS messages, byte by byte as RFC 1035, section 4.1 has them. */
final class DnsMessageTest {

  private static final HexFormat HEX = HexFormat.of();

  /** Id 0x1234, recursion desired, one question: Web, type, Internet. */
  private static byte[] query(String type) {
    return HEX.parseHex("123401000001000000000000" + "0357656200" + type + "0001");
  }

  private static DnsMessage parsed(byte[] message) {
    return DnsMessage.query(message, message.length).orElseThrow();
  }

  @Test
  void aNameIsReadInLowerCase() {
    DnsMessage query = parsed(query("0001"));
    assertEquals("web", query.name());
    assertEquals(DnsMessage.TYPE_A, query.type());
  }

  @Test
  void anAnswerRepeatsTheQuestionAndPointsAtIt() {
    assertArrayEquals(
        HEX.parseHex(
            "123481800001000100000000"
                + "03576562000001"
                + "0001"
                + "c00c00010001000000050004ac120002"),
        parsed(query("0001")).addressesOf(List.of(Places.at("172.18.0.2", ""))));
  }

  @Test
  void withoutRecordsTheNameStillExists() {
    assertArrayEquals(
        HEX.parseHex("123481800001000000000000" + "0357656200001c0001"),
        parsed(query("001c")).addressesOf(List.of(Places.at("172.18.0.2", ""))));
  }

  @Test
  void anIpv6AddressIsAnsweredToWhoAsksForOne() {
    assertArrayEquals(
        HEX.parseHex(
            "123481800001000100000000"
                + "0357656200001c0001"
                + "c00c001c0001000000050010fd000000000000000000000000000002"),
        parsed(query("001c")).addressesOf(List.of(Places.at("172.18.0.2", "fd00::2"))));
  }

  @Test
  void aReverseQuestionMayMeanAnIpv6Address() {
    StringBuilder name = new StringBuilder("0132");
    "0".repeat(29).chars().forEach(_ -> name.append("0130"));
    name.append("0164").append("0166").append("03697036").append("0461727061").append("00");
    DnsMessage query = parsed(HEX.parseHex("000101000001000000000000" + name + "000c0001"));
    assertTrue(query.isReverseOf(Places.at("172.18.0.2", "fd00::2")));
    assertFalse(query.isReverseOf(Places.at("172.18.0.2", "fd00::3")));
    assertFalse(query.isReverseOf(Places.at("172.18.0.2", "")));
  }

  @Test
  void aReverseQuestionMeansAnAddress() {
    String name =
        "0132" + "0130" + "023138" + "03313732" + "07696e2d61646472" + "0461727061" + "00";
    DnsMessage query = parsed(HEX.parseHex("000101000001000000000000" + name + "000c0001"));
    assertTrue(query.asksForName());
    assertTrue(query.isReverseOf(Places.at("172.18.0.2", "")));
    assertFalse(query.isReverseOf(Places.at("172.18.0.3", "")));
    String answer = HEX.formatHex(query.pointer("web.backend"));
    assertEquals("03776562076261636b656e6400", answer.substring(answer.length() - 26));
  }

  @Test
  void whatIsLeftOfAnAdditionalSectionIsDropped() {
    byte[] plain = query("0001");
    byte[] extended = Arrays.copyOf(plain, plain.length + 11);
    extended[11] = 1;
    extended[plain.length + 2] = 41;
    byte[] answer = parsed(extended).failure();
    assertArrayEquals(HEX.parseHex("1234818200010000000000000357656200" + "00010001"), answer);
  }

  @Test
  void cutOffAndRandomMessagesAreNoQueries() {
    byte[] whole = query("0001");
    for (int length = 0; length < whole.length; length++) {
      assertEquals(Optional.empty(), DnsMessage.query(whole, length), "of length " + length);
    }
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      if (noise.length > 12 && random.nextBoolean()) {
        System.arraycopy(whole, 0, noise, 0, 12);
      }
      DnsMessage.query(noise, noise.length).ifPresent(query -> query.addressesOf(List.of()));
    }
  }
}
