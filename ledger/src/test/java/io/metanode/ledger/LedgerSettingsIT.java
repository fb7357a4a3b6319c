package io.metanode.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.PrivateKeySigner;
import io.metanode.testkit.Gen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LedgerSettingsIT {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("ledger.json");
  }

  @Test
  void absentFileSetsNothing() throws Exception {
    assertEquals(LedgerSettings.DEFAULT, LedgerSettings.read(file()));
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    LedgerSettings settings =
        LedgerSettings.DEFAULT
            .at(
                new LedgerSettings.Address("127.0.0.1", 7400),
                new LedgerSettings.Address("::", 7401),
                Map.of(
                    PrivateKeySigner.generate(new Gen(1)).publicKey(),
                    new LedgerSettings.Address("host.example", 7401)))
            .idle(9_000);
    settings.write(file());
    assertEquals(settings, LedgerSettings.read(file()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"apis\": \"127.0.0.1:1\"}",
        "{\"api\": \"nowhere\"}",
        "{\"peers\": [{\"key\": \"00\", \"address\": \"a:1\"}]}",
        "{\"peers\": [{\"key\": \"zz\", \"address\": \"a:1\"}]}"
      })
  void mistakesAreNamedWithTheFile(String text) throws Exception {
    Files.writeString(file(), text);
    IOException error = assertThrows(IOException.class, () -> LedgerSettings.read(file()));
    assertTrue(String.valueOf(error.getMessage()).contains(file().toString()));
  }

  @Test
  void addressesAreHostAndPort() {
    assertEquals(
        Optional.of(new LedgerSettings.Address("10.0.0.1", 0)),
        LedgerSettings.Address.parse("10.0.0.1:0"));
    assertEquals(Optional.empty(), LedgerSettings.Address.parse("10.0.0.1"));
    assertEquals("[::1]:5", new LedgerSettings.Address("::1", 5).toString());
  }
}
