package io.metanode.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Has a command sign: it gets the message on standard input and gives the 64 bytes of the signature
 * on standard output. What comes back is verified, as a wrong signature must not enter a log.
 */
public final class CommandSigner implements Signer {

  /** The environment variable that holds a token's PIN. */
  public static final String PIN = "METANODE_PKCS11_PIN";

  private static final int MOST_ERROR = 500;

  private final List<String> command;
  private final Ed25519PublicKey publicKey;
  private final Duration timeout;

  /**
   * @param command the program and its arguments; no shell is involved
   * @param publicKey the key the command signs with
   * @param timeout how long a signature may take
   */
  public CommandSigner(List<String> command, Ed25519PublicKey publicKey, Duration timeout) {
    this.command = List.copyOf(command);
    this.publicKey = publicKey;
    this.timeout = timeout;
  }

  /**
   * A key in a PKCS#11 token, by way of OpenSC's {@code pkcs11-tool}, as the JDK's own PKCS#11
   * provider knows no Ed25519. The PIN is read from the environment variable {@link #PIN}.
   *
   * @param library the token's PKCS#11 library
   * @param keyId the key's id in the token, hexadecimal
   */
  public static CommandSigner pkcs11(
      Path library, String keyId, Ed25519PublicKey publicKey, Duration timeout) {
    List<String> command =
        List.of(
            "pkcs11-tool",
            "--module",
            library.toString(),
            "--login",
            "--pin",
            "env:" + PIN,
            "--sign",
            "--mechanism",
            "EDDSA",
            "--id",
            keyId,
            "--input-file",
            "/dev/stdin",
            "--output-file",
            "/dev/stdout");
    return new CommandSigner(command, publicKey, timeout);
  }

  List<String> command() {
    return command;
  }

  @Override
  public Ed25519PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) throws SigningException {
    Process process;
    try {
      process = new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new SigningException(named("cannot be started: " + e.getMessage()), e);
    }
    try {
      return signature(process, message);
    } finally {
      process.destroyForcibly();
    }
  }

  private byte[] signature(Process process, byte[] message) throws SigningException {
    CompletableFuture<byte[]> output = reading(process.getInputStream());
    CompletableFuture<byte[]> error = reading(process.getErrorStream());
    CompletableFuture<Boolean> input =
        CompletableFuture.supplyAsync(() -> written(process, message), Thread::startVirtualThread);
    try {
      byte[] signature = output.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException();
      }
      input.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (process.exitValue() != 0) {
        byte[] said = error.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        throw new SigningException(
            named(
                "exit code "
                    + process.exitValue()
                    + ": "
                    + new String(said, StandardCharsets.UTF_8).strip()));
      }
      return checked(message, signature);
    } catch (TimeoutException e) {
      throw new SigningException(named("no signature within " + timeout.toMillis() + " ms"), e);
    } catch (ExecutionException e) {
      throw new SigningException(named(String.valueOf(e.getCause())), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SigningException(named("interrupted"), e);
    }
  }

  private byte[] checked(byte[] message, byte[] signature) throws SigningException {
    if (signature.length != SIGNATURE_LENGTH) {
      throw new SigningException(
          named("gave " + signature.length + " bytes, an Ed25519 signature has 64"));
    }
    if (!publicKey.verifies(message, signature)) {
      throw new SigningException(named("the signature is not that of the key " + publicKey));
    }
    return signature;
  }

  private static CompletableFuture<byte[]> reading(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return stream.readNBytes(MOST_ERROR);
          } catch (IOException e) {
            return new byte[0];
          }
        },
        Thread::startVirtualThread);
  }

  /** Whether the command took all; one that signs without is judged by its signature. */
  private static boolean written(Process process, byte[] message) {
    try (OutputStream stream = process.getOutputStream()) {
      stream.write(message);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String named(String problem) {
    return "the signing command " + String.join(" ", command) + ": " + problem;
  }
}
