package io.metanode.receipts;

import io.metanode.foundation.Digest;
import io.metanode.receipts.tile.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The public keys of a log, as its file {@code keys} lists them: lines {@code <index> <verifier
 * key>}, the index being that of the first entry the key signs, and a line {@code cosigner
 * <verifier key>} for the post-quantum key of checkpoints.
 *
 * @param periods in order; the first begins at 0
 * @param cosigner the ML-DSA-44 key
 */
public record KeyHistory(List<Period> periods, Optional<VerifierKey> cosigner) {

  /** The name of the file. */
  public static final String FILE = "keys";

  private static final String COSIGNER = "cosigner";

  /**
   * A key's time.
   *
   * @param from the index of the first entry it signs
   * @param key an Ed25519 key
   */
  public record Period(long from, VerifierKey key) {}

  public KeyHistory {
    periods = List.copyOf(periods);
  }

  /** The key that signs the entry at {@code index}, and the checkpoint of that size. */
  public VerifierKey at(long index) {
    VerifierKey key = periods.getFirst().key();
    for (Period period : periods) {
      if (period.from() <= index) {
        key = period.key();
      }
    }
    return key;
  }

  /** The keys whose signatures the checkpoint of that size carries, in order. */
  public List<VerifierKey> signersAt(long size) {
    return cosigner.map(key -> List.of(at(size), key)).orElseGet(() -> List.of(at(size)));
  }

  public VerifierKey current() {
    return periods.getLast().key();
  }

  /** The Ed25519 key with this id, if the log ever had it. */
  public Optional<VerifierKey> withId(Digest keyId) {
    return periods.stream()
        .map(Period::key)
        .filter(key -> key.ed25519().filter(ed -> ed.id().equals(keyId)).isPresent())
        .findFirst();
  }

  /** This history with one more key. */
  public KeyHistory with(long from, VerifierKey key) {
    List<Period> more = new ArrayList<>(periods);
    more.add(new Period(from, key));
    return new KeyHistory(more, cosigner);
  }

  /** Reads the file; empty if it is anything but what {@link #toString} writes. */
  public static Optional<KeyHistory> parse(String text) {
    List<Period> periods = new ArrayList<>();
    Optional<VerifierKey> cosigner = Optional.empty();
    for (String line : text.split("\n", -1)) {
      String[] words = line.split(" ", 2);
      Optional<VerifierKey> key =
          words.length == 2 ? VerifierKey.parse(words[1]) : Optional.empty();
      if (key.isEmpty()) {
        continue;
      }
      if (words[0].equals(COSIGNER)) {
        cosigner = key;
      } else if (words[0].matches("[0-9]{1,18}") && key.get().type() == VerifierKey.ED25519) {
        periods.add(new Period(Long.parseLong(words[0]), key.get()));
      }
    }
    if (periods.isEmpty() || periods.getFirst().from() != 0 || !isAscending(periods)) {
      return Optional.empty();
    }
    KeyHistory history = new KeyHistory(periods, cosigner);
    return history.toString().equals(text) ? Optional.of(history) : Optional.empty();
  }

  private static boolean isAscending(List<Period> periods) {
    for (int i = 1; i < periods.size(); i++) {
      if (periods.get(i - 1).from() >= periods.get(i).from()) {
        return false;
      }
    }
    return true;
  }

  /** What to give to whoever verifies: the current verifier keys, one a line. */
  public String verifierKeys() {
    return current() + "\n" + cosigner.map(key -> key + "\n").orElse("");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    periods.forEach(
        period -> text.append(period.from()).append(' ').append(period.key()).append('\n'));
    cosigner.ifPresent(key -> text.append(COSIGNER).append(' ').append(key).append('\n'));
    return text.toString();
  }
}
