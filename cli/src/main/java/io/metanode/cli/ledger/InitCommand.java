package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.crypto.BlsPublicKey;
import io.metanode.crypto.BlsSignature;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.economy.EconomyModule;
import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LedgerSettings;
import io.metanode.ledger.LedgerSetup;
import io.metanode.ledger.LedgerSetup.PublicKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes a validator's directory: its keys, and the chain it belongs to. */
@Command(
    name = "init",
    description = {
      "Make a validator's keys, and a chain or its place in one.",
      "Alone, it begins a chain of one validator. For a chain of several, each runs "
          + "init --keys-only and gives its public keys to the one who runs init --validator FILE "
          + "for each of the others; the genesis that makes goes back to all: init --genesis FILE."
    })
final class InitCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Mixin HomeOption directory = new HomeOption();
  @Mixin Printed printed = new Printed();

  @Option(names = "--keys-only", description = "make the keys and print the public ones")
  boolean keysOnly;

  @Option(
      names = "--genesis",
      paramLabel = "FILE",
      description = "the genesis of a chain that others began")
  @Nullable Path genesis;

  @Option(
      names = "--validator",
      paramLabel = "FILE",
      description = "public keys of another validator of a new chain; may be given often")
  List<Path> validators = List.of();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    LedgerHome home = directory.home();
    PublicKeys keys = LedgerSetup.keys(home, new SystemRandomness());
    ObjectNode json = describe(keys);
    if (!keysOnly) {
      install(home, keys);
      if (Files.notExists(home.settings())) {
        LedgerSettings.DEFAULT.write(home.settings());
      }
      json.put("directory", home.directory().toString())
          .put("genesis", home.genesis().toString())
          .put("settings", home.settings().toString());
      if (Files.exists(home.governorKey())) {
        json.put("governorKey", home.governorKey().toString());
      }
    }
    printed.print(spec, json);
    return 0;
  }

  private void install(LedgerHome home, PublicKeys own) throws IOException {
    if (genesis != null) {
      LedgerSetup.install(home, Files.readAllBytes(genesis));
      return;
    }
    if (Files.exists(home.genesis())) {
      throw new CommandException(home.directory() + " has a genesis already");
    }
    List<PublicKeys> all = new ArrayList<>(List.of(own));
    for (Path file : validators) {
      all.add(read(file));
    }
    Ed25519PublicKey governor =
        LedgerSetup.signer(home.governorKey(), new SystemRandomness()).publicKey();
    LedgerSetup.install(
        home,
        LedgerSetup.genesis(
            all,
            governor,
            List.of(),
            LedgerSetup.standardBlock(),
            new EconomyModule(),
            SystemClock.INSTANCE));
  }

  private static ObjectNode describe(PublicKeys keys) {
    HexFormat hex = HexFormat.of();
    return JSON.createObjectNode()
        .put("key", hex.formatHex(keys.key().bytes()))
        .put("sealKey", hex.formatHex(keys.sealKey().bytes()))
        .put("possession", hex.formatHex(keys.possession().bytes()));
  }

  private static PublicKeys read(Path file) throws IOException {
    JsonNode json = JSON.readTree(Files.readString(file));
    try {
      return new PublicKeys(
          Ed25519PublicKey.ofBytes(bytes(json, "key")).orElseThrow(),
          BlsPublicKey.ofBytes(bytes(json, "sealKey")).orElseThrow(),
          BlsSignature.ofBytes(bytes(json, "possession")));
    } catch (RuntimeException e) {
      throw new CommandException(
          file + " holds no public keys as init --keys-only -o json prints them", e);
    }
  }

  private static byte[] bytes(JsonNode json, String key) {
    return HexFormat.of().parseHex(json.required(key).asString());
  }
}
