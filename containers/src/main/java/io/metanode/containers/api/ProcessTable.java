package io.metanode.containers.api;

import io.metanode.containers.http.ApiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processes of a container as {@code ps} on the host shows them, read from {@code /proc}
 * (proc_pid_stat(5)) without starting a process.
 */
final class ProcessTable {

  private static final int TICKS_PER_SECOND = 100;
  private static final Pattern FORMAT = Pattern.compile("-?(?:[a-zA-Z]*?)o\\s*([a-z,%= A-Z]+)");
  private static final Map<String, Column> COLUMNS = columns();

  private final List<Column> columns;

  private ProcessTable(List<Column> columns) {
    this.columns = columns;
  }

  private interface Cell {
    String of(Row row, Instant now);
  }

  private record Column(String title, Cell cell) {}

  private record Row(
      int pid,
      int parent,
      int uid,
      int gid,
      int group,
      int session,
      int terminal,
      long cpuTicks,
      String priority,
      String nice,
      String threads,
      Instant started,
      String state,
      long virtualBytes,
      long residentPages,
      String name,
      String command) {

    long cpuSeconds() {
      return cpuTicks / TICKS_PER_SECOND;
    }
  }

  /**
   * A table with the columns that arguments of {@code ps} ask for.
   *
   * @throws ApiException 400 if they ask for what is not supported
   */
  static ProcessTable of(String arguments) throws ApiException {
    String trimmed = arguments.strip();
    if (trimmed.isEmpty() || trimmed.matches("-?efw*|-e -f")) {
      return named("uid_name", "pid", "ppid", "c", "stime", "tty", "time", "cmd");
    }
    if (trimmed.matches("-?auxw*")) {
      return named(
          "user", "pid", "%cpu", "%mem", "vsz", "rss", "tty", "stat", "start", "bsdtime",
          "command");
    }
    Matcher format = FORMAT.matcher(trimmed);
    if (!format.matches()) {
      throw ApiException.badRequest("ps arguments are not supported: " + arguments);
    }
    return named(format.group(1).strip().split("[, ]+"));
  }

  private static ProcessTable named(String... names) throws ApiException {
    List<Column> chosen = new ArrayList<>();
    boolean hasPid = false;
    for (String name : names) {
      Column column = COLUMNS.get(name.toLowerCase(Locale.ROOT));
      if (column == null) {
        throw ApiException.badRequest("ps column is not supported: " + name);
      }
      hasPid |= name.equalsIgnoreCase("pid");
      chosen.add(column);
    }
    if (!hasPid) {
      throw ApiException.internal("Couldn't find PID field in ps output");
    }
    return new ProcessTable(chosen);
  }

  private static Map<String, Column> columns() {
    Map<String, Column> map = new LinkedHashMap<>();
    map.put("uid_name", new Column("UID", (p, now) -> UserNames.of(p.uid())));
    map.put("uid", new Column("UID", (p, now) -> Integer.toString(p.uid())));
    map.put("user", new Column("USER", (p, now) -> UserNames.of(p.uid())));
    map.put("pid", new Column("PID", (p, now) -> Integer.toString(p.pid())));
    map.put("ppid", new Column("PPID", (p, now) -> Integer.toString(p.parent())));
    map.put("c", new Column("C", (p, now) -> Long.toString(percent(p, now))));
    map.put("%cpu", new Column("%CPU", (p, now) -> percent(p, now) + ".0"));
    map.put("%mem", new Column("%MEM", (p, now) -> memory(p)));
    map.put("gid", new Column("GID", (p, now) -> Integer.toString(p.gid())));
    map.put("group", new Column("GROUP", (p, now) -> UserNames.ofGroup(p.gid())));
    map.put("pgid", new Column("PGID", (p, now) -> Integer.toString(p.group())));
    map.put("sid", new Column("SID", (p, now) -> Integer.toString(p.session())));
    map.put("pri", new Column("PRI", (p, now) -> p.priority()));
    map.put("ni", new Column("NI", (p, now) -> p.nice()));
    map.put("nlwp", new Column("NLWP", (p, now) -> p.threads()));
    map.put("etimes", new Column("ELAPSED", (p, now) -> lived(p, now)));
    map.put("bsdtime", new Column("TIME", (p, now) -> shortTime(p.cpuSeconds())));
    map.put("vsz", new Column("VSZ", (p, now) -> Long.toString(p.virtualBytes() / 1024)));
    map.put("rss", new Column("RSS", (p, now) -> Long.toString(p.residentPages() * 4)));
    map.put("stime", new Column("STIME", (p, now) -> clock(p.started(), now)));
    map.put("start", new Column("START", (p, now) -> clock(p.started(), now)));
    map.put("tty", new Column("TTY", (p, now) -> terminal(p.terminal())));
    map.put("time", new Column("TIME", (p, now) -> cpuTime(p.cpuSeconds())));
    map.put("stat", new Column("STAT", (p, now) -> p.state()));
    map.put("s", new Column("S", (p, now) -> p.state()));
    map.put("state", new Column("S", (p, now) -> p.state()));
    map.put("comm", new Column("COMMAND", (p, now) -> p.name()));
    map.put("cmd", new Column("CMD", (p, now) -> p.command()));
    map.put("args", new Column("COMMAND", (p, now) -> p.command()));
    map.put("command", new Column("COMMAND", (p, now) -> p.command()));
    Map.of(
            "pcpu",
            "%cpu",
            "pmem",
            "%mem",
            "nice",
            "ni",
            "tname",
            "tty",
            "tt",
            "tty",
            "euser",
            "user",
            "ruser",
            "user",
            "egroup",
            "group",
            "start_time",
            "stime")
        .forEach((alias, name) -> map.put(alias, map.get(name)));
    map.put("ucmd", map.get("comm"));
    return map;
  }

  private static String lived(Row row, Instant now) {
    return Long.toString(Duration.between(row.started(), now).toSeconds());
  }

  private static String shortTime(long seconds) {
    return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }

  /** Resident memory in tenths of a percent of the machine's. */
  private static String memory(Row row) {
    long tenths = row.residentPages() * 4 * 1000 / Math.max(1, HostFacts.memoryBytes() / 1024);
    return tenths / 10 + "." + tenths % 10;
  }

  private static long percent(Row row, Instant now) {
    long lived = Math.max(1, Duration.between(row.started(), now).toMillis());
    return row.cpuTicks() * (1000 / TICKS_PER_SECOND) * 100 / lived;
  }

  private static String clock(Instant started, Instant now) {
    boolean recent = Duration.between(started, now).toHours() < 24;
    return DateTimeFormatter.ofPattern(recent ? "HH:mm" : "MMMdd", Locale.ROOT)
        .withZone(ZoneId.systemDefault())
        .format(started);
  }

  private static String cpuTime(long seconds) {
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private static String terminal(int device) {
    int major = (device >> 8) & 0xfff;
    int minor = (device & 0xff) | ((device >> 12) & 0xfff00);
    if (major >= 136 && major <= 143) {
      return "pts/" + ((major - 136) * 256 + minor);
    }
    return device == 0 ? "?" : "tty" + minor;
  }

  List<String> titles() {
    return columns.stream().map(Column::title).toList();
  }

  /** The cells of a process; none if it is gone. */
  List<String> row(int pid, Instant now) throws IOException {
    Path directory = Path.of("/proc", Integer.toString(pid));
    if (!Files.exists(directory)) {
      return List.of();
    }
    try {
      Row row = read(directory, pid);
      return columns.stream().map(column -> column.cell().of(row, now)).toList();
    } catch (IOException e) {
      if (Files.exists(directory)) {
        throw e;
      }
      return List.of();
    }
  }

  private static Row read(Path directory, int pid) throws IOException {
    String stat = Files.readString(directory.resolve("stat"), StandardCharsets.ISO_8859_1);
    int nameEnd = stat.lastIndexOf(')');
    String name = stat.substring(stat.indexOf('(') + 1, nameEnd);
    String[] fields = stat.substring(nameEnd + 2).strip().split(" ", -1);
    String command =
        new String(Files.readAllBytes(directory.resolve("cmdline")), StandardCharsets.UTF_8)
            .replace('\0', ' ')
            .strip();
    return new Row(
        pid,
        Integer.parseInt(fields[1]),
        (Integer) Files.getAttribute(directory, "unix:uid"),
        (Integer) Files.getAttribute(directory, "unix:gid"),
        Integer.parseInt(fields[2]),
        Integer.parseInt(fields[3]),
        Integer.parseInt(fields[4]),
        Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
        fields[15],
        fields[16],
        fields[17],
        bootTime().plusMillis(Long.parseLong(fields[19]) * (1000 / TICKS_PER_SECOND)),
        fields[0],
        Long.parseLong(fields[20]),
        Long.parseLong(fields[21]),
        name,
        command.isEmpty() ? "[" + name + "]" : command);
  }

  private static Instant bootTime() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/stat"))) {
      if (line.startsWith("btime ")) {
        return Instant.ofEpochSecond(Long.parseLong(line.substring(6).strip()));
      }
    }
    return Instant.EPOCH;
  }
}
