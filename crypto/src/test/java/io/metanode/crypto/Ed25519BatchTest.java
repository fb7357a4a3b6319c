package io.metanode.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class Ed25519BatchTest {

  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final int WIDE = 64;

  @TempDir Path directory;

  /** Those of which this processor has the vectors. */
  private static Stream<NativeLanes> lanes() {
    return NativeLanes.available().stream().filter(some -> some != NativeLanes.PROVIDER);
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void verdictsTogetherAreThoseOfTheProviderAlone(NativeLanes lanes) {
    Property.check(
        "verdicts together in lanes " + lanes,
        40,
        gen -> {
          int size = gen.intBetween(0, 20);
          Ed25519Batch batch = new Ed25519Batch(size, lanes);
          List<Boolean> expected = new ArrayList<>();
          for (int i = 0; i < size; i++) {
            PrivateKeySigner signer = PrivateKeySigner.generate(gen);
            byte[] message = gen.bytes(gen.intBetween(0, 200));
            byte[] signature = mutated(gen, signed(signer, message));
            byte[] key = signer.publicKey().bytes();
            Ed25519Table table = Ed25519Table.of(key).orElseThrow();
            if (signature.length == Signer.SIGNATURE_LENGTH && gen.oneIn(2)) {
              batch.add(table, joined(message, signature));
            } else {
              batch.add(table, message, signature);
            }
            expected.add(
                Ed25519Acceptance.acceptsSignature(signature)
                    && signer.publicKey().verifies(message, signature));
          }
          List<Boolean> found = new ArrayList<>();
          for (boolean verdict : batch.verdicts()) {
            found.add(verdict);
          }
          assertEquals(expected, found);
        });
  }

  private static byte[] joined(byte[] message, byte[] signature) {
    byte[] all = Arrays.copyOf(message, message.length + signature.length);
    System.arraycopy(signature, 0, all, message.length, signature.length);
    return all;
  }

  @Test
  void whatIsShorterThanASignatureHasNone() {
    Gen gen = new Gen(1);
    byte[] key = PrivateKeySigner.generate(gen).publicKey().bytes();
    Ed25519Batch batch = new Ed25519Batch(2, NativeLanes.SCALAR);
    batch.add(Ed25519Table.of(key).orElseThrow(), new byte[0]);
    batch.add(Ed25519Table.of(key).orElseThrow(), new byte[Signer.SIGNATURE_LENGTH - 1]);
    assertArrayEquals(new boolean[2], batch.verdicts());
  }

  private static byte[] signed(PrivateKeySigner signer, byte[] message) {
    try {
      return signer.sign(message);
    } catch (SigningException e) {
      throw new AssertionError(e);
    }
  }

  /** Half of them as they were; the others with a bit flipped, too short, or S above the order. */
  private static byte[] mutated(Gen gen, byte[] signature) {
    if (gen.bool()) {
      return signature;
    }
    byte[] changed = signature.clone();
    switch (gen.intBetween(0, 2)) {
      case 0 -> changed[gen.intBetween(0, WIDE - 1)] ^= (byte) (1 << gen.intBetween(0, 7));
      case 1 -> changed = new byte[gen.intBetween(0, WIDE - 1)];
      default -> changed[WIDE - 1] |= (byte) 0xf0;
    }
    return changed;
  }

  @Test
  void hashesAreReducedModuloTheOrder() throws Throwable {
    MethodHandle reduce = reduction();
    List<BigInteger> wides = new ArrayList<>();
    BigInteger most = BigInteger.TWO.pow(512).subtract(BigInteger.ONE);
    for (int bits = 0; bits < 512; bits++) {
      wides.add(BigInteger.TWO.pow(bits));
      wides.add(BigInteger.TWO.pow(bits).subtract(BigInteger.ONE));
      wides.add(most.subtract(BigInteger.TWO.pow(bits)));
      BigInteger multiple = BigInteger.TWO.pow(bits / 2).multiply(ORDER);
      wides.add(multiple);
      wides.add(multiple.subtract(BigInteger.ONE));
      wides.add(multiple.add(BigInteger.ONE));
    }
    wides.add(most.divide(ORDER).multiply(ORDER));
    wides.add(most);
    Gen gen = new Gen(1);
    for (int i = 0; i < 20_000; i++) {
      wides.add(new BigInteger(1, gen.bytes(WIDE)));
    }
    for (BigInteger wide : wides) {
      byte[] reduced = new byte[32];
      reduce.invoke(
          MemorySegment.ofArray(reduced), MemorySegment.ofArray(littleEndian(wide, WIDE)));
      assertArrayEquals(littleEndian(wide.mod(ORDER), 32), reduced, wide.toString(16));
    }
  }

  private MethodHandle reduction() throws IOException {
    assertTrue(Ed25519Table.isAvailable(), "the library of src/main/c is built with the program");
    Path file = directory.resolve("library.so");
    try (InputStream library =
        Objects.requireNonNull(NativeCode.class.getResourceAsStream(NativeCode.FILE))) {
      Files.copy(library, file);
    }
    return Linker.nativeLinker()
        .downcallHandle(
            SymbolLookup.libraryLookup(file, Arena.global()).findOrThrow("scalar_reduce"),
            FunctionDescriptor.ofVoid(ADDRESS, ADDRESS),
            Linker.Option.critical(true));
  }

  private static byte[] littleEndian(BigInteger number, int length) {
    byte[] big = number.toByteArray();
    byte[] little = new byte[length];
    for (int i = 0; i < length && i < big.length; i++) {
      little[i] = big[big.length - 1 - i];
    }
    return little;
  }
}
