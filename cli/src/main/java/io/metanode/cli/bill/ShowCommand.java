package io.metanode.cli.bill;

import io.metanode.billing.BillDocuments;
import io.metanode.cli.CommandException;
import io.metanode.economy.BillAccount;
import io.metanode.economy.DocumentException;
import io.metanode.economy.LogBills;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A tenant's bill. */
@Command(name = "show", description = "Derive a tenant's bill from the log and show it.")
final class ShowCommand implements Callable<Integer> {

  /** How a bill is written. */
  enum Form {
    text,
    json,
    pdf
  }

  @Mixin BillSource source = new BillSource();

  @Mixin BillChoice choice = new BillChoice();

  @Option(names = "--settled", description = "leave out what is not settled yet")
  boolean settled;

  @Option(names = "-o", description = "as ${COMPLETION-CANDIDATES} (default: text)")
  Form form = Form.text;

  @Option(names = "--file", paramLabel = "FILE", description = "write it there")
  @Nullable Path file;

  @Override
  public Integer call() throws IOException {
    LogBills bills = source.bills();
    byte[] bill = bill(bills);
    byte[] written =
        switch (form) {
          case json -> bill;
          case pdf -> BillDocuments.pdf(bill);
          case text -> text(bills, bill).getBytes(StandardCharsets.UTF_8);
        };
    if (file == null) {
      System.out.write(written);
      if (form != Form.pdf) {
        System.out.println();
      }
      System.out.flush();
    } else {
      Files.write(file, written);
      System.out.println("wrote " + file);
    }
    return 0;
  }

  private static String text(LogBills bills, byte[] bill) throws IOException {
    try {
      Optional<BillAccount> account = bills.documents().account(bill);
      return BillText.of(bill) + account.map(paid -> "\n" + BillText.of(paid)).orElse("");
    } catch (DocumentException e) {
      throw new IOException("the bill just made cannot be read: " + e.getMessage(), e);
    }
  }

  private byte[] bill(LogBills bills) throws IOException {
    return choice
        .invoice(bills, !settled, source)
        .orElseThrow(
            () ->
                new CommandException(
                    "nothing to bill "
                        + choice.tenant(bills)
                        + " for in "
                        + choice.time.text
                        + (settled
                            ? " that is settled; without --settled, what is open too"
                            : "")));
  }
}
