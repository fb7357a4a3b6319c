package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import java.util.List;
import java.util.Locale;

/** Signals by name and number, as Linux on x86 and ARM numbers them. */
final class Signals {

  static final int HUP = 1;
  static final int KILL = 9;
  static final int TERM = 15;

  private static final int REALTIME_FIRST = 34;
  private static final int LAST = 64;

  private static final List<String> NAMES =
      List.of(
          "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",
          "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU",
          "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  private Signals() {}

  /**
   * Reads {@code SIGTERM}, {@code term}, {@code 15}, {@code RTMIN+3} or {@code SIGRTMAX-1}.
   *
   * @throws ApiException 400 in Docker's words if there is no such signal
   */
  static int parse(String text) throws ApiException {
    String name = text.toUpperCase(Locale.ROOT);
    if (name.matches("\\d{1,3}")) {
      int number = Integer.parseInt(name);
      if (number >= 1 && number <= LAST) {
        return number;
      }
      throw invalid(text);
    }
    String bare = name.startsWith("SIG") ? name.substring(3) : name;
    int number = number(bare);
    if (number < 1 || number > LAST) {
      throw invalid(text);
    }
    return number;
  }

  private static int number(String bare) {
    if (bare.matches("RTMIN\\+\\d{1,2}")) {
      return REALTIME_FIRST + Integer.parseInt(bare.substring(6));
    }
    if (bare.matches("RTMAX-\\d{1,2}")) {
      int number = LAST - Integer.parseInt(bare.substring(6));
      return number < REALTIME_FIRST ? -1 : number;
    }
    return switch (bare) {
      case "" -> -1;
      case "IOT" -> NAMES.indexOf("ABRT");
      case "CLD" -> NAMES.indexOf("CHLD");
      case "POLL" -> NAMES.indexOf("IO");
      case "RTMIN" -> REALTIME_FIRST;
      case "RTMAX" -> LAST;
      default -> NAMES.indexOf(bare);
    };
  }

  private static ApiException invalid(String text) {
    return ApiException.badRequest("invalid signal: " + text);
  }
}
