package io.metanode.receipts.statement;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import io.metanode.receipts.json.JsonBytes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.OptionalLong;

/**
 * A statement whose place in the log is still open: all of it is written but the previous receipt's
 * hash and the sequence number, so that the log's one writer has little left to do.
 */
public final class Statement {

  static final String TYPE = "https://in-toto.io/Statement/v1";
  static final String PREDICATE_TYPE = "https://metanode.io/StepReceipt/v1";
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final int TYPICAL = 1_024;
  private static final int SECONDS_OF_DAY = 86_400;
  private static final int LAST_YEAR = 9_999;

  private final byte[] head;
  private final byte[] tail;

  private Statement(byte[] head, byte[] tail) {
    this.head = head;
    this.tail = tail;
  }

  /**
   * Writes all that a step says. Texts and lists beyond {@link Limits} are cut, as an operation
   * that was done must be receipted.
   *
   * @param source the log's origin
   * @param self what a step without subjects is about
   */
  public static Statement of(Step step, String source, Subject self) {
    List<Subject> subjects = step.subjects().isEmpty() ? List.of(self) : step.subjects();
    JsonBytes list = new JsonBytes(TYPICAL);
    int written = subjects(subjects, list);
    return new Statement(head(step), tail(step, source, subjects, written, list.toByteArray()));
  }

  private static byte[] head(Step step) {
    JsonBytes json = new JsonBytes(TYPICAL);
    json.raw("{\"_type\":\"" + TYPE + "\",\"predicate\":{");
    if (step.account().isPresent()) {
      json.raw("\"account\":{\"app\":").string(step.account().get().app());
      json.raw(",\"tenant\":").string(step.account().get().tenant()).raw("},");
    }
    json.raw("\"actor\":{\"kind\":");
    json.string(step.actor().kind(), Limits.KIND).raw(",\"name\":");
    json.string(step.actor().name(), Limits.NAME);
    OptionalLong uid = step.actor().uid();
    if (uid.isPresent()) {
      json.raw(",\"uid\":").number(uid.getAsLong() & 0xffff_ffffL);
    }
    json.raw("},\"arguments\":\"").raw(step.arguments().toString());
    time(step.finishedAt(), json.raw("\",\"finishedAt\":\""));
    json.raw("\",\"operation\":").string(step.operation(), Limits.OPERATION);
    json.raw(",\"outcome\":");
    outcome(step.outcome(), json);
    return json.raw(",\"previous\":\"sha256:").toByteArray();
  }

  private static byte[] tail(
      Step step, String source, List<Subject> subjects, int written, byte[] list) {
    JsonBytes json = new JsonBytes(TYPICAL + list.length);
    json.raw(",\"source\":").string(source, Limits.ORIGIN);
    time(step.startedAt(), json.raw(",\"startedAt\":\""));
    json.raw("\"");
    if (written < subjects.size()) {
      json.raw(",\"subjectsOmitted\":{\"all\":\"").raw(digestOfAll(subjects).toString());
      json.raw("\",\"count\":").number(subjects.size() - written).raw("}");
    }
    json.raw(",\"usage\":");
    usage(step.usage(), json);
    json.raw(",\"verdict\":{\"allowed\":").raw(step.verdict().allowed() ? "true" : "false");
    json.raw(",\"policy\":\"").raw(step.verdict().policy().toString()).raw("\",\"rule\":");
    json.string(step.verdict().rule(), Limits.NAME);
    json.raw("}},\"predicateType\":\"" + PREDICATE_TYPE + "\",\"subject\":").raw(list);
    return json.raw("}").toByteArray();
  }

  /** Writes a time as {@link #TIME} does, without following a pattern: each receipt has two. */
  static void time(Instant instant, JsonBytes json) {
    long second = instant.getEpochSecond();
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_OF_DAY));
    if (date.getYear() < 0 || date.getYear() > LAST_YEAR) {
      json.raw(TIME.format(instant));
      return;
    }
    int of = Math.floorMod(second, SECONDS_OF_DAY);
    json.digits(date.getYear(), 4).raw("-").digits(date.getMonthValue(), 2);
    json.raw("-").digits(date.getDayOfMonth(), 2);
    json.raw("T").digits(of / 3600, 2).raw(":").digits(of / 60 % 60, 2);
    json.raw(":").digits(of % 60, 2).raw(".").digits(instant.getNano(), 9).raw("Z");
  }

  private static void outcome(Outcome outcome, JsonBytes json) {
    switch (outcome) {
      case Outcome.Done() -> json.raw("{\"kind\":\"done\"}");
      case Outcome.Denied() -> json.raw("{\"kind\":\"denied\"}");
      case Outcome.Exited(int exitCode, boolean outOfMemory) ->
          json.raw("{\"exitCode\":")
              .number(Math.clamp(exitCode, 0, 255))
              .raw(",\"kind\":\"exited\",\"outOfMemory\":")
              .raw(outOfMemory ? "true}" : "false}");
      case Outcome.Failed(String error) ->
          json.raw("{\"error\":").string(error, Limits.ERROR).raw(",\"kind\":\"failed\"}");
    }
  }

  private static void usage(Usage usage, JsonBytes json) {
    json.raw("{\"cpu_ms\":\"").number(usage.cpuMs());
    json.raw("\",\"egress_mb\":\"").number(usage.egressMb());
    json.raw("\",\"memory_mb_s\":\"").number(usage.memoryMbS());
    json.raw("\",\"receipts_count\":\"").number(usage.receiptsCount());
    json.raw("\",\"storage_gb_day\":\"").number(usage.storageGbDay()).raw("\"}");
  }

  /** Writes as many subjects as there is room for, and says how many. */
  private static int subjects(List<Subject> subjects, JsonBytes json) {
    json.raw("[");
    int written = 0;
    for (Subject subject : subjects) {
      int before = json.length();
      subject(subject, written == 0, json);
      if (json.length() > Limits.SUBJECTS) {
        json.truncate(before);
        break;
      }
      written++;
    }
    json.raw("]");
    return written;
  }

  private static void subject(Subject subject, boolean first, JsonBytes json) {
    json.raw(first ? "{\"digest\":{\"sha256\":\"" : ",{\"digest\":{\"sha256\":\"");
    json.raw(subject.digest().hex()).raw("\"},\"name\":");
    json.string(subject.name(), Limits.SUBJECT_NAME).raw("}");
  }

  private static Digest digestOfAll(List<Subject> subjects) {
    JsonBytes all = new JsonBytes(TYPICAL).raw("[");
    for (int i = 0; i < subjects.size(); i++) {
      subject(subjects.get(i), i == 0, all);
    }
    return Digest.ofBytes(Sha256.of(all.raw("]").toByteArray()));
  }

  /** The statement's bytes at its place in the log. */
  public byte[] at(long sequence, Digest previous) {
    JsonBytes json = new JsonBytes(head.length + tail.length + 128);
    json.raw(head).raw(previous.hex()).raw("\",\"sequence\":").number(sequence);
    return json.raw(tail).toByteArray();
  }
}
