package io.metanode.node;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Where the node's log lines go; whatever logs through System.Logger ends here. */
public final class NodeLog {

  private static final long FILE_LIMIT_BYTES = 10_000_000;
  private static final int FILES_KEPT = 4;

  private static volatile boolean installed;

  private NodeLog() {}

  /** Lines go to standard error. */
  static void toTerminal(Level level) {
    install(System.err, level);
  }

  /** Lines go to a file that is rotated at 10 MB. */
  static void toFile(Path file, Level level) throws IOException {
    install(new RotatingFile(file, FILE_LIMIT_BYTES, FILES_KEPT), level);
  }

  private static void install(OutputStream target, Level level) {
    System.setProperty("java.util.logging.manager", LastingManager.class.getName());
    LogManager.getLogManager().reset();
    Handler handler = new FlushingHandler(target);
    handler.setLevel(level);
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    root.setLevel(level);
    installed = true;
  }

  /**
   * The JDK's manager closes its handlers in a shutdown hook, at the same time as the node stops
   * and still has something to say; this one does not.
   */
  public static final class LastingManager extends LogManager {

    @Override
    public void reset() {
      if (!installed) {
        super.reset();
      }
    }
  }

  private static final class FlushingHandler extends StreamHandler {

    FlushingHandler(OutputStream target) {
      super(target, new Line());
      try {
        setEncoding(StandardCharsets.UTF_8.name());
      } catch (IOException e) {
        throw new AssertionError("every JDK has UTF-8", e);
      }
    }

    @Override
    public synchronized void publish(LogRecord entry) {
      super.publish(entry);
      flush();
    }
  }

  /** {@code 2026-01-02T03:04:05.678Z INFO name: message}, then the stack trace if there is one. */
  private static final class Line extends Formatter {

    @Override
    public String format(LogRecord entry) {
      String name = String.valueOf(entry.getLoggerName());
      StringWriter text = new StringWriter();
      text.append(entry.getInstant().truncatedTo(ChronoUnit.MILLIS).toString())
          .append(' ')
          .append(entry.getLevel().getName())
          .append(' ')
          .append(name.substring(name.lastIndexOf('.') + 1))
          .append(": ")
          .append(formatMessage(entry))
          .append('\n');
      Throwable thrown = entry.getThrown();
      if (thrown != null) {
        thrown.printStackTrace(new PrintWriter(text, true));
      }
      return text.toString();
    }
  }
}
