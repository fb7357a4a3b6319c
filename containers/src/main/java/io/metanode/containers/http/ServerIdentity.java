package io.metanode.containers.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What every answer says of the server, with the header names Docker's clients look for. */
final class ServerIdentity {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String server;
  private volatile Dated dated = new Dated(Long.MIN_VALUE, "");

  private record Dated(long second, String text) {}

  /**
   * @param productVersion for example {@code 0.1.0}
   */
  ServerIdentity(String productVersion) {
    this.server = "Metanode/" + productVersion + " (linux)";
  }

  /** A response head with the headers common to all answers. */
  ResponseHead head(Instant now) {
    return new ResponseHead()
        .set("Api-Version", ApiVersion.NEWEST.toString())
        .set("Docker-Experimental", "false")
        .set("Ostype", "linux")
        .set("Server", server)
        .set("Date", date(now));
  }

  private String date(Instant now) {
    Dated last = dated;
    if (last.second != now.getEpochSecond()) {
      last = new Dated(now.getEpochSecond(), DATE.format(now));
      dated = last;
    }
    return last.text;
  }
}
