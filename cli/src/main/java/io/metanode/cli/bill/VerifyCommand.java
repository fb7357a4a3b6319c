package io.metanode.cli.bill;

import io.metanode.billing.BillBundle;
import io.metanode.billing.BillCheck;
import io.metanode.cli.CommandException;
import io.metanode.economy.Prices;
import io.metanode.economy.ProvedPrices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Derives a bill again and compares. */
@Command(
    name = "verify",
    description = "Derive every line of a bill from verified receipts; name what differs.",
    footer = {"", "Exit codes: 0 verified, 1 not verified, 2 wrong usage."})
final class VerifyCommand implements Callable<Integer> {

  @Mixin BillSource source = new BillSource();
  @Mixin PricesProofOption governed = new PricesProofOption();

  @Parameters(index = "0", paramLabel = "FILE", description = "the bill, as JSON")
  Path file = Path.of("");

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description = "an excerpt made by bill export, instead of the log")
  @Nullable Path bundle;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "the keys you trust (default: the log's own log.vkey)")
  @Nullable Path key;

  @Option(names = "--number", description = "the number it must have, if it was given one")
  @Nullable String number;

  @Override
  public Integer call() throws IOException {
    if (bundle != null && key == null) {
      throw new CommandException("an excerpt needs the keys you trust: --key FILE");
    }
    Path keys = key != null ? key : source.log().resolve("log.vkey");
    byte[] bill = Files.readAllBytes(file);
    Optional<ProvedPrices> proved = governed.read();
    BillCheck.Result result =
        bundle != null
            ? new BillCheck(
                    keys,
                    named(proved),
                    Optional.ofNullable(number),
                    source.terms == null ? Optional.empty() : source.terms())
                .againstBundle(bill, BillBundle.read(Files.readAllBytes(bundle)))
            : new BillCheck(
                    keys, Optional.of(prices(proved)), Optional.ofNullable(number), source.terms())
                .againstLog(bill, source.log());
    List<String> findings = new ArrayList<>(result.findings());
    proved.ifPresent(known -> findings.addAll(known.lacks(bill)));
    findings.forEach(finding -> System.out.println("WRONG " + finding));
    if (!findings.isEmpty()) {
      System.out.println("NOT verified: " + file);
      return 1;
    }
    System.out.printf(
        "verified: every line of %s follows from %d receipts%n", file, result.receipts());
    result.account().ifPresent(account -> System.out.println(BillText.of(account)));
    if (result.stated()) {
      System.out.println(
          "parties and tax rates are as the bill states them; no receipt proves them (--terms)");
    }
    return 0;
  }

  /** The price book that was proved, or named; empty if neither was. */
  private Optional<Prices> named(Optional<ProvedPrices> proved) throws IOException {
    if (proved.isPresent()) {
      if (source.prices != null) {
        throw new CommandException("--prices or --prices-proof, not both");
      }
      return proved.map(ProvedPrices::prices);
    }
    return source.prices == null ? Optional.empty() : Optional.of(source.prices());
  }

  private Prices prices(Optional<ProvedPrices> proved) throws IOException {
    Optional<Prices> named = named(proved);
    return named.isPresent() ? named.get() : source.prices();
  }
}
