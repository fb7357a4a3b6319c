package io.metanode.receipts.verify;

import io.metanode.receipts.tile.TlogProof;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The verifier as a program: exit 0 if all is good, 1 with each finding named, 2 on misuse. */
public final class Main {

  private static final String USAGE =
      """
      usage: java -jar metanode-verify.jar LOGDIR --key KEYS
             java -jar metanode-verify.jar --proof FILE.tlog-proof [--receipt FILE] --key KEYS
      LOGDIR     a log's directory, or a copy of it
      --key      the keys you trust: a PEM PUBLIC KEY, or verifier keys (the log's log.vkey)
      --proof    a proof made by: metanode receipts prove INDEX
      --receipt  the receipt, if the proof does not carry it
      exit: 0 verified, 1 not verified (each finding on a line), 2 wrong usage or unreadable files
      """;

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  /** Runs the verifier and returns its exit code. */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < args.length; i++) {
      boolean option = args[i].startsWith("--");
      if (option && i + 1 == args.length) {
        return usage(err);
      }
      if (options.put(option ? args[i] : "", option ? args[++i] : args[i]) != null) {
        return usage(err);
      }
    }
    String key = options.remove("--key");
    String log = options.remove("");
    String proof = options.remove("--proof");
    String receipt = options.remove("--receipt");
    if (key == null || (log == null) == (proof == null) || !options.isEmpty()) {
      return usage(err);
    }
    try {
      TrustedKeys trusted = TrustedKeys.read(Path.of(key));
      return log != null
          ? log(Path.of(log), trusted, out, err)
          : proof(
              Path.of(String.valueOf(proof)),
              Optional.ofNullable(receipt).map(Path::of),
              trusted,
              out);
    } catch (IOException e) {
      err.println("cannot verify: " + reason(e));
      return 2;
    }
  }

  private static String reason(IOException error) {
    return switch (error) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      default -> String.valueOf(error.getMessage());
    };
  }

  private static int usage(PrintStream err) {
    err.print(USAGE);
    return 2;
  }

  private static int log(Path directory, TrustedKeys trusted, PrintStream out, PrintStream err)
      throws IOException {
    if (!Files.isDirectory(directory)) {
      err.println("cannot verify: " + directory + " is no directory");
      return 2;
    }
    Report report = LogVerification.run(directory, trusted, done -> {});
    report.findings().forEach(finding -> out.println("WRONG " + finding));
    out.println(report.summary());
    return report.good() ? 0 : 1;
  }

  private static int proof(Path file, Optional<Path> receipt, TrustedKeys trusted, PrintStream out)
      throws IOException {
    Optional<TlogProof> proof =
        Files.size(file) > TlogProof.MAX_LENGTH
            ? Optional.empty()
            : TlogProof.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    if (proof.isEmpty()) {
      out.println("WRONG " + file + ": not a tlog-proof");
      return 1;
    }
    Optional<byte[]> entry =
        receipt.isPresent() ? Optional.of(Files.readAllBytes(receipt.get())) : proof.get().extra();
    if (entry.isEmpty()) {
      throw new IOException("the proof carries no receipt: give it with --receipt");
    }
    List<Finding> findings = ProofVerification.run(proof.get(), entry.get(), trusted);
    findings.forEach(finding -> out.println("WRONG " + finding));
    out.printf(
        "%s: receipt %d of %s, in the log of %d%n",
        findings.isEmpty() ? "verified" : "NOT verified",
        proof.get().index(),
        proof.get().checkpoint().origin(),
        proof.get().checkpoint().size());
    return findings.isEmpty() ? 0 : 1;
  }
}
