package io.metanode.economy.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.accounts.AccountStatus;
import io.metanode.economy.accounts.TransferStatus;
import io.metanode.ledger.LedgerModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The result codes are those of the documents, each with a name of its own. */
class ResultCodesTest {

  private static String document(String name) throws IOException {
    return Files.readString(Path.of("../docs/formats").resolve(name));
  }

  private static Map<Integer, String> ofSteps() {
    Map<Integer, String> codes = new TreeMap<>();
    Arrays.stream(StepStatus.values()).forEach(s -> codes.put(s.code(), s.name()));
    Arrays.stream(ClaimStatus.values()).forEach(s -> codes.put(s.code(), s.name()));
    Arrays.stream(VoteStatus.values()).forEach(s -> codes.put(s.code(), s.name()));
    Arrays.stream(MarketStatus.values()).forEach(s -> codes.put(s.code(), s.name()));
    return codes;
  }

  @Test
  void theDocumentsHaveThemAll() throws IOException {
    String economy =
        document("economy.md")
            .lines()
            .filter(line -> line.matches("\\| [0-9]{3} \\| [A-Z_]+ \\|.*"))
            .map(line -> line.split("\\|", -1)[1].strip() + " " + line.split("\\|", -1)[2].strip())
            .collect(Collectors.joining("\n"));
    String expected =
        ofSteps().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining("\n"));
    assertEquals(expected, economy);
    String accounts = document("accounts.md");
    for (TransferStatus status : TransferStatus.values()) {
      assertTrue(accounts.contains("| " + status.code() + " | " + status + " |"), status.name());
    }
    for (AccountStatus status : AccountStatus.values()) {
      assertTrue(accounts.contains("| " + status.code() + " | " + status + " |"), status.name());
    }
  }

  @Test
  void theyAreAModulesOwnAndHaveNames() {
    ofSteps()
        .forEach(
            (code, name) -> {
              assertTrue(code >= LedgerModule.FIRST_CODE && code < 1 << 16, name);
              assertEquals(Optional.of(name), ResultNames.of(code));
            });
    assertEquals(Optional.of("TRANSFER_EXISTS"), ResultNames.of(TransferStatus.EXISTS.code()));
    assertEquals(Optional.of("ACCOUNT_EXISTS"), ResultNames.of(AccountStatus.EXISTS.code()));
    assertEquals(Optional.empty(), ResultNames.of(0));
  }
}
