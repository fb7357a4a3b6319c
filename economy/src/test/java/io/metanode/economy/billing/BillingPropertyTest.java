package io.metanode.economy.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.MerkleProof;
import io.metanode.economy.money.Amount;
import io.metanode.economy.poe.Component;
import io.metanode.economy.poe.Usage;
import io.metanode.foundation.Bytes32;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BillingPropertyTest {

  private static final int HOURS = 5;

  /** Two versions, the second from some time within the hours. */
  private static PriceBook book(Gen gen) {
    Map<Component, Amount> prices = new EnumMap<>(Component.class);
    for (Component component : Component.values()) {
      prices.put(component, new Amount(gen.between(0, 2_000_000)));
    }
    long from = UsageGen.START + gen.between(1, HOURS * Settlement.HOUR_MILLIS);
    return new PriceBook(List.of(PriceList.FIRST, new PriceList(2, from, prices)));
  }

  /** Component by component, record by record, in one sum. */
  private static BigInteger exact(List<UsageRecord> records, PriceBook book) {
    BigInteger sum = BigInteger.ZERO;
    for (UsageRecord record : records) {
      long begin = record.time() - record.time() % Settlement.HOUR_MILLIS;
      PriceList list = book.lists().get(begin < book.lists().get(1).from() ? 0 : 1);
      for (Component component : Component.values()) {
        sum =
            sum.add(
                BigInteger.valueOf(record.usage().of(component))
                    .multiply(BigInteger.valueOf(list.price(component).units())));
      }
    }
    return sum;
  }

  @Test
  void settlementsSumToTheChargeOfAllUsageExactly() {
    Property.check(
        "nothing lost",
        500,
        gen -> {
          PriceBook book = book(gen);
          List<UsageRecord> records = gen.list(0, 40, g -> UsageGen.record(g, HOURS));
          Meter meter = UsageGen.meter(book, records);
          assertEquals(exact(records, book), meter.live().millionths());
          BigInteger billed = BigInteger.ZERO;
          for (long hour : UsageGen.hours(HOURS)) {
            Settlement settlement = meter.settle(hour);
            billed = billed.add(BigInteger.valueOf(settlement.amount().units()));
            assertTrue(settlement.carriedOut().millionths().compareTo(BigInteger.TEN.pow(6)) < 0);
          }
          BigInteger rest = meter.live().millionths();
          assertEquals(exact(records, book), billed.multiply(BigInteger.TEN.pow(6)).add(rest));
        });
  }

  @Test
  void splitUsageCostsTheSame() {
    Property.check(
        "splits",
        500,
        gen -> {
          PriceBook book = book(gen);
          List<UsageRecord> records = gen.list(1, 15, g -> UsageGen.record(g, HOURS));
          List<UsageRecord> parts = new ArrayList<>();
          records.forEach(record -> parts.addAll(UsageGen.split(record, gen)));
          Meter whole = UsageGen.meter(book, records);
          Meter split = UsageGen.meter(book, UsageGen.shuffled(parts, gen));
          for (long hour : UsageGen.hours(HOURS)) {
            Settlement one = whole.settle(hour);
            Settlement other = split.settle(hour);
            assertEquals(one.amount(), other.amount());
            assertEquals(one.carriedOut(), other.carriedOut());
            assertEquals(
                one.lines().stream().map(BillLine::usage).toList(),
                other.lines().stream().map(BillLine::usage).toList());
          }
        });
  }

  @Test
  void orderOfArrivalChangesNoAmount() {
    Property.check(
        "order",
        300,
        gen -> {
          PriceBook book = book(gen);
          List<UsageRecord> records = gen.list(0, 30, g -> UsageGen.record(g, HOURS));
          Meter one = UsageGen.meter(book, records);
          Meter other = UsageGen.meter(book, UsageGen.shuffled(records, gen));
          for (long hour : UsageGen.hours(HOURS)) {
            Settlement first = one.settle(hour);
            Settlement second = other.settle(hour);
            assertEquals(first.charge(), second.charge());
            assertEquals(
                first.lines().stream().map(BillLine::usage).toList(),
                second.lines().stream().map(BillLine::usage).toList());
          }
        });
  }

  @Test
  void lateUsageIsBilledNext() {
    Property.check(
        "late",
        300,
        gen -> {
          PriceBook book = book(gen);
          List<UsageRecord> records = gen.list(1, 30, g -> UsageGen.record(g, HOURS));
          List<UsageRecord> left = new ArrayList<>(records);
          Meter meter = new Meter(UsageGen.TENANT, book);
          BigInteger billed = BigInteger.ZERO;
          for (long hour : UsageGen.hours(HOURS)) {
            List<UsageRecord> now = left.stream().filter(_ -> gen.oneIn(4)).toList();
            now.forEach(meter::add);
            left.removeAll(now);
            billed = billed.add(BigInteger.valueOf(meter.settle(hour).amount().units()));
          }
          left.forEach(meter::add);
          Settlement last = meter.settle(UsageGen.HOUR + HOURS);
          billed = billed.add(BigInteger.valueOf(last.amount().units()));
          assertEquals(
              exact(records, book),
              billed.multiply(BigInteger.TEN.pow(6)).add(last.carriedOut().millionths()));
        });
  }

  @Test
  void everyLineIsProvedAndAnyOtherIsNot() {
    Property.check(
        "proofs",
        200,
        gen -> {
          List<UsageRecord> records = gen.list(1, 40, g -> UsageGen.record(g, 1));
          Settlement settlement = UsageGen.meter(book(gen), records).settle(UsageGen.HOUR);
          int size = settlement.lines().size();
          for (int i = 0; i < size; i++) {
            BillLine line = settlement.lines().get(i);
            List<byte[]> path = settlement.proof(i).stream().map(Bytes32::bytes).toList();
            byte[] root = settlement.root().bytes();
            assertTrue(MerkleProof.includes(i, size, line.leaf().bytes(), path, root));
            BillLine forged =
                new BillLine(
                    line.key(),
                    line.hour(),
                    line.version(),
                    line.usage().plus(new Usage(1, 0, 0, 0, 0)),
                    line.records(),
                    line.recordsRoot(),
                    line.charge());
            assertTrue(!MerkleProof.includes(i, size, forged.leaf().bytes(), path, root));
          }
        });
  }

  @Test
  void netsSumToWhatIsOwedAndGrossToAllOfIt() {
    Property.check(
        "tax",
        500,
        gen -> {
          PriceBook book = book(gen);
          List<UsageRecord> records = gen.list(1, 30, g -> UsageGen.record(g, HOURS));
          Meter meter = UsageGen.meter(book, records);
          List<Cut> cuts =
              UsageGen.hours(HOURS).stream()
                  .map(hour -> new Cut(meter.settle(hour), hour))
                  .toList();
          Map<Category, Integer> rates = new EnumMap<>(Category.class);
          for (Category category : Category.values()) {
            rates.put(category, gen.intBetween(0, 10_000));
          }
          Terms terms = new Terms(Optional.empty(), Optional.empty(), false, rates);
          Invoice.Source source = new Invoice.Source("log", 1, book);
          Invoice invoice = new Invoice("R1", source, false, cuts, terms);
          long net = 0;
          for (Tax line : invoice.tax()) {
            assertTrue(rates.containsValue(line.basisPoints()));
            BigInteger exact =
                BigInteger.valueOf(line.net().units())
                    .multiply(BigInteger.valueOf(line.basisPoints()));
            BigInteger off =
                BigInteger.valueOf(line.vat().units())
                    .multiply(BigInteger.valueOf(10_000))
                    .subtract(exact);
            assertTrue(off.abs().compareTo(BigInteger.valueOf(5_000)) <= 0, "half a unit at most");
            net += line.net().units();
          }
          assertEquals(invoice.net().units(), net);
        });
  }
}
