package io.metanode.containers.launch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;

/**
 * The eBPF program that lets a group of version 2 use devices: rule after rule, then no (struct
 * bpf_cgroup_dev_ctx in linux/bpf.h, instructions in the kernel's
 * Documentation/bpf/standardization/instruction-set.rst).
 */
final class DeviceProgram {

  private static final int INSTRUCTION = 8;

  private static final int LOAD_WORD = 0x61;
  private static final int AND = 0x54;
  private static final int SHIFT_RIGHT = 0x74;
  private static final int MOVE = 0xB4;
  private static final int MOVE_REGISTER = 0xBC;
  private static final int JUMP_UNEQUAL = 0x56;
  private static final int JUMP_UNEQUAL_REGISTER = 0x5E;
  private static final int EXIT = 0x95;

  // Registers: 1 is the argument, and free once it has been read.
  private static final int RESULT = 0;
  private static final int CONTEXT = 1;
  private static final int TYPE = 2;
  private static final int ACCESS = 3;
  private static final int MAJOR = 4;
  private static final int MINOR = 5;

  private static final int TYPE_MASK = 0xFFFF;
  private static final int ACCESS_SHIFT = 16;
  private static final int BLOCK = 1;
  private static final int CHARACTER = 2;
  private static final int MAKE = 1;
  private static final int READ = 2;
  private static final int WRITE = 4;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private DeviceProgram() {}

  static byte[] of(List<DeviceRule> allowed) {
    DeviceProgram program = new DeviceProgram();
    program.add(LOAD_WORD, TYPE, CONTEXT, 0, 0);
    program.add(LOAD_WORD, ACCESS, CONTEXT, 0, 0);
    program.add(LOAD_WORD, MAJOR, CONTEXT, 4, 0);
    program.add(LOAD_WORD, MINOR, CONTEXT, 8, 0);
    program.add(AND, TYPE, 0, 0, TYPE_MASK);
    program.add(SHIFT_RIGHT, ACCESS, 0, 0, ACCESS_SHIFT);
    allowed.forEach(program::allow);
    program.answer(0);
    return program.bytes.toByteArray();
  }

  private void allow(DeviceRule rule) {
    int numbers = (rule.major().isPresent() ? 1 : 0) + (rule.minor().isPresent() ? 1 : 0);
    int left = numbers + 5;
    add(JUMP_UNEQUAL, TYPE, 0, left, rule.type() == 'b' ? BLOCK : CHARACTER);
    add(MOVE_REGISTER, CONTEXT, ACCESS, 0, 0);
    add(AND, CONTEXT, 0, 0, bits(rule.access()));
    add(JUMP_UNEQUAL_REGISTER, CONTEXT, ACCESS, left - 3, 0);
    left -= 4;
    for (int register : new int[] {MAJOR, MINOR}) {
      OptionalLong wanted = register == MAJOR ? rule.major() : rule.minor();
      if (wanted.isPresent()) {
        add(JUMP_UNEQUAL, register, 0, left--, (int) wanted.getAsLong());
      }
    }
    answer(1);
  }

  private static int bits(String access) {
    return (access.indexOf('m') < 0 ? 0 : MAKE)
        | (access.indexOf('r') < 0 ? 0 : READ)
        | (access.indexOf('w') < 0 ? 0 : WRITE);
  }

  private void answer(int value) {
    add(MOVE, RESULT, 0, 0, value);
    add(EXIT, 0, 0, 0, 0);
  }

  private void add(int code, int to, int from, int offset, int value) {
    bytes.writeBytes(
        ByteBuffer.allocate(INSTRUCTION)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) code)
            .put((byte) (from << 4 | to))
            .putShort((short) offset)
            .putInt(value)
            .array());
  }
}
