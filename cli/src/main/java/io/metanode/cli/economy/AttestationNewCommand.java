package io.metanode.cli.economy;

import io.metanode.cli.CommandException;
import io.metanode.cli.ledger.Printed;
import io.metanode.crypto.Sha256;
import io.metanode.economy.GoldStatement;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a statement of the reserve. */
@Command(name = "new", description = "Write a statement of the reserve, to be signed by notaries.")
final class AttestationNewCommand implements Callable<Integer> {

  private static final long HOUR_MILLIS = 3_600_000;

  @Mixin Printed printed = new Printed();

  @Parameters(index = "0", paramLabel = "FILE", description = "write it there")
  Path file = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "GRAMS",
      description = "of gold: as many AUR, such as 1000.5")
  String grams = "";

  @Option(
      names = "--report",
      required = true,
      paramLabel = "FILE",
      description = "the auditor's report, of which SHA-256 goes into the statement")
  Path report = Path.of("");

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description = "when it was counted, such as 2026-12-01T00:00:00Z (default: now)")
  @Nullable String asOf;

  @Option(
      names = "--hours",
      description = "for which it counts from then on (default: ${DEFAULT-VALUE})",
      defaultValue = "24")
  int hours = 24;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (Files.exists(file)) {
      throw new CommandException(file + " is there already");
    }
    long counted = asOf == null ? SystemClock.INSTANCE.now().toEpochMilli() : Words.millis(asOf);
    Bytes32 digest = Bytes32.of(Sha256.of(Files.readAllBytes(report)));
    GoldStatement statement;
    try {
      statement =
          new GoldStatement(
              Words.units(grams), counted, counted + hours * HOUR_MILLIS, digest, new TreeMap<>());
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
    StatementFile.write(file, statement);
    printed.print(spec, StatementFile.json(statement));
    return 0;
  }
}
