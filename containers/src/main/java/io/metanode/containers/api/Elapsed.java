package io.metanode.containers.api;

import java.time.Duration;

/** How long something took, in words, as the docker client shows it. */
final class Elapsed {

  private Elapsed() {}

  static String words(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    long hours = (duration.toMinutes() + 30) / 60;
    if (seconds < 1) {
      return "Less than a second";
    }
    if (seconds < 60) {
      return seconds == 1 ? "1 second" : seconds + " seconds";
    }
    if (seconds < 3600) {
      return seconds < 120 ? "About a minute" : seconds / 60 + " minutes";
    }
    if (hours < 48) {
      return hours == 1 ? "About an hour" : hours + " hours";
    }
    if (hours < 24 * 14) {
      return hours / 24 + " days";
    }
    if (hours < 24 * 60) {
      return hours / 24 / 7 + " weeks";
    }
    return hours < 24 * 730 ? hours / 24 / 30 + " months" : hours / 24 / 365 + " years";
  }
}
