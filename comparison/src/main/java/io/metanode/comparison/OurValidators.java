package io.metanode.comparison;

import io.metanode.cli.ledger.Localnet;
import io.metanode.crypto.Ed25519PublicKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The product's validators, as {@code metanode ledger localnet} runs them. */
final class OurValidators implements Contender {

  private final Path template;
  private final int validators;
  private final List<Ed25519PublicKey> funded;
  private final int block;
  private final Localnet unused;

  /**
   * @param template where keys and genesis are made, which every run begins with a copy of
   */
  OurValidators(Path template, int validators, List<Ed25519PublicKey> funded, int block)
      throws IOException {
    this.template = template;
    this.validators = validators;
    this.funded = List.copyOf(funded);
    this.block = block;
    unused = Localnet.in(template, validators, this.funded, block);
  }

  Path genesis() {
    return unused.homes().getFirst().genesis();
  }

  @Override
  public String name() {
    return "metanode";
  }

  @Override
  public Running start(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(template)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            directory.resolve(template.relativize(file)),
            StandardCopyOption.COPY_ATTRIBUTES,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Localnet net = Localnet.in(directory, validators, funded, block);
    Running running =
        new Running() {
          @Override
          public List<URI> urls() throws IOException {
            return net.urls();
          }

          @Override
          public void close() {
            net.close();
          }
        };
    try {
      net.start();
      return running;
    } catch (IOException | RuntimeException e) {
      net.close();
      throw e;
    }
  }
}
