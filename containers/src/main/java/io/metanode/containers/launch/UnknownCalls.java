package io.metanode.containers.launch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * What runc puts before a filter (patchbpf): calls newer than all the filter names fail with
 * ENOSYS, so that programs take an older one. Calls of x32, which come with x86_64's number of the
 * architecture, are left to the filter.
 */
final class UnknownCalls {

  private static final int INSTRUCTION = 8;
  private static final int PER_ARCHITECTURE = 6;

  // Classic BPF (linux/filter.h): load a word of seccomp_data, compare with a constant, return.
  private static final short LOAD = 0x20;
  private static final short JUMP = 0x05;
  private static final short JUMP_EQUAL = 0x15;
  private static final short JUMP_GREATER = 0x25;
  private static final short JUMP_SET = 0x45;
  private static final short RETURN = 0x06;
  private static final int CALL = 0;
  private static final int ARCHITECTURE = 4;
  private static final int ERRNO = 0x00050000;
  private static final int X86_64 = 0xC000003E;
  private static final int X32_BIT = 0x40000000;

  private UnknownCalls() {}

  /**
   * @param last the highest call a filter names, by the kernel's number of the architecture
   */
  static byte[] before(byte[] filter, Map<Integer, Integer> last, int errno) {
    int count = 1 + PER_ARCHITECTURE * last.size();
    ByteBuffer program =
        ByteBuffer.allocate(count * INSTRUCTION + filter.length).order(ByteOrder.LITTLE_ENDIAN);
    add(program, LOAD, 0, 0, ARCHITECTURE);
    int left = last.size();
    for (Map.Entry<Integer, Integer> entry : last.entrySet()) {
      left--;
      add(program, JUMP_EQUAL, 0, PER_ARCHITECTURE - 1, entry.getKey());
      add(program, LOAD, 0, 0, CALL);
      add(program, JUMP_SET, 2, 0, entry.getKey() == X86_64 ? X32_BIT : 0);
      add(program, JUMP_GREATER, 0, 1, entry.getValue());
      add(program, RETURN, 0, 0, ERRNO | errno);
      add(program, JUMP, 0, 0, left * PER_ARCHITECTURE);
    }
    return program.put(filter).array();
  }

  private static void add(ByteBuffer program, short code, int ifTrue, int ifFalse, int value) {
    program.putShort(code).put((byte) ifTrue).put((byte) ifFalse).putInt(value);
  }
}
