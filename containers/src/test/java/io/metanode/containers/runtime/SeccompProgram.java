package io.metanode.containers.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** A classic BPF program over struct seccomp_data, carried out as the kernel would. */
final class SeccompProgram {

  private static final int LAST_CALL = 700;
  private static final int X32_BIT = 0x40000000;
  private static final int[] ARCHITECTURES = {0xC000003E, 0x40000003, 0xC00000B7, 0};
  private static final int ARGUMENTS = 6;
  private static final int TRIES = 12;

  /** The call, the architecture, and twelve halves of arguments, at their offsets / 4. */
  private static final int WORDS = 16;

  private static final int FIRST_ARGUMENT = 4;

  private final long[] instructions;

  /**
   * @param instructions struct sock_filter each, as little-endian longs
   */
  SeccompProgram(long[] instructions) {
    this.instructions = instructions;
  }

  /** Both give the same verdict on every call of every architecture, with telling arguments. */
  static void assertAlike(SeccompProgram one, SeccompProgram other, SplittableRandom random) {
    Set<Integer> telling = new TreeSet<>(one.constants());
    telling.addAll(other.constants());
    int[] values = telling.stream().mapToInt(Integer::intValue).toArray();
    for (int architecture : ARCHITECTURES) {
      for (int call = -2; call <= LAST_CALL; call++) {
        for (int bit : new int[] {0, X32_BIT}) {
          for (int i = 0; i < TRIES; i++) {
            int[] data = data(call | bit, architecture, values, random, i);
            assertEquals(
                Integer.toHexString(one.verdict(data)),
                Integer.toHexString(other.verdict(data)),
                () -> "call " + java.util.Arrays.toString(data));
          }
        }
      }
    }
  }

  private static int[] data(
      int call, int architecture, int[] values, SplittableRandom random, int round) {
    int[] data = new int[WORDS];
    data[0] = call;
    data[1] = architecture;
    for (int i = FIRST_ARGUMENT; i < FIRST_ARGUMENT + 2 * ARGUMENTS; i++) {
      boolean high = i % 2 == 1;
      if (round > 0 && !(high && random.nextBoolean())) {
        data[i] = values[random.nextInt(values.length)] + (round == 1 ? 1 : 0);
      }
    }
    return data;
  }

  /** What arguments are compared with. */
  private Set<Integer> constants() {
    Set<Integer> found = new TreeSet<>();
    for (long instruction : instructions) {
      int operation = (int) instruction & 0xF7;
      if ((operation != 0x05 && (operation & 7) == 5) || operation == 0x54) {
        int constant = (int) (instruction >>> 32);
        if (Integer.compareUnsigned(constant, LAST_CALL) > 0 || found.size() < 8) {
          found.add(constant);
        }
      }
    }
    found.addAll(Set.of(0, 1, 2, 8, -1, 40, 0x7E020000));
    return found;
  }

  private int verdict(int[] data) {
    int accumulator = 0;
    for (int at = 0; ; at++) {
      int code = (int) instructions[at] & 0xFFFF;
      int ifTrue = (int) (instructions[at] >>> 16) & 0xFF;
      int ifFalse = (int) (instructions[at] >>> 24) & 0xFF;
      int value = (int) (instructions[at] >>> 32);
      switch (code) {
        case 0x20 -> accumulator = data[value / 4];
        case 0x54 -> accumulator &= value;
        case 0x06 -> {
          return value;
        }
        case 0x05 -> at += value;
        case 0x15 -> at += accumulator == value ? ifTrue : ifFalse;
        case 0x25 -> at += Integer.compareUnsigned(accumulator, value) > 0 ? ifTrue : ifFalse;
        case 0x35 -> at += Integer.compareUnsigned(accumulator, value) >= 0 ? ifTrue : ifFalse;
        case 0x45 -> at += (accumulator & value) != 0 ? ifTrue : ifFalse;
        default -> throw new AssertionError("instruction " + Integer.toHexString(code));
      }
    }
  }
}
