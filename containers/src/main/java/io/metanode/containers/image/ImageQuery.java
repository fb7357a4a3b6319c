package io.metanode.containers.image;

import io.metanode.containers.http.ApiException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filters of {@code docker images} and {@code docker image prune}. */
public final class ImageQuery {

  private static final Set<String> KNOWN =
      Set.of("dangling", "label", "label!", "before", "since", "until", "reference");
  private static final Pattern AGE_PART = Pattern.compile("(\\d+)(ms|s|m|h)");

  private final ImageStore store;
  private final Map<String, List<String>> filters;
  private final Instant now;

  /**
   * @param filters values by filter name
   * @throws ApiException 400 if a filter is unknown or its value malformed
   */
  public ImageQuery(ImageStore store, Map<String, List<String>> filters, Instant now)
      throws ApiException {
    this.store = store;
    this.filters = Map.copyOf(filters);
    this.now = now;
    for (String name : filters.keySet()) {
      if (!KNOWN.contains(name)) {
        throw ApiException.badRequest("invalid filter '" + name + "'");
      }
    }
  }

  /** What the filter {@code dangling} asks for; empty without it. */
  public Optional<Boolean> dangling() throws ApiException {
    List<String> values = values("dangling");
    if (values.isEmpty()) {
      return Optional.empty();
    }
    return switch (values.getFirst()) {
      case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
      case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
      default ->
          throw ApiException.badRequest("invalid filter 'dangling=" + values("dangling") + "'");
    };
  }

  /** The images all filters accept, newest first. */
  public List<Image> select() throws ApiException {
    List<Image> selected = selectPrunable();
    Optional<Boolean> dangling = dangling();
    dangling.ifPresent(wanted -> selected.removeIf(image -> isDangling(image) != wanted));
    return selected;
  }

  /** As {@link #select}, but for a prune, where {@code dangling=false} stands for all images. */
  List<Image> selectPrunable() throws ApiException {
    List<Image> selected = new ArrayList<>(store.all());
    for (String name : values("before")) {
      Instant bound = store.resolve(name).created();
      selected.removeIf(image -> !image.created().isBefore(bound));
    }
    for (String name : values("since")) {
      Instant bound = store.resolve(name).created();
      selected.removeIf(image -> !image.created().isAfter(bound));
    }
    for (String text : values("until")) {
      Instant bound = instant(text);
      selected.removeIf(image -> !image.created().isBefore(bound));
    }
    values("label").forEach(label -> selected.removeIf(image -> !hasLabel(image, label)));
    values("label!").forEach(label -> selected.removeIf(image -> hasLabel(image, label)));
    if (filters.containsKey("reference")) {
      selected.removeIf(image -> names(image).isEmpty());
    }
    return selected;
  }

  /** The names of an image that the filter {@code reference} accepts; all without it. */
  public List<ImageReference> names(Image image) {
    List<ImageReference> names = store.references(image.id());
    if (!filters.containsKey("reference")) {
      return names;
    }
    List<NamePattern> patterns = values("reference").stream().map(NamePattern::of).toList();
    return names.stream()
        .filter(name -> patterns.stream().anyMatch(pattern -> pattern.matches(name)))
        .toList();
  }

  /** Whether an image has no name, nothing was made from it, and it is listed nonetheless. */
  public boolean isDangling(Image image) {
    return store.references(image.id()).isEmpty() && !store.isIntermediate(image.id());
  }

  private List<String> values(String name) {
    return filters.getOrDefault(name, List.of());
  }

  private static boolean hasLabel(Image image, String wanted) {
    int equals = wanted.indexOf('=');
    String key = equals < 0 ? wanted : wanted.substring(0, equals);
    String value = image.config().labels().get(key);
    return value != null && (equals < 0 || value.equals(wanted.substring(equals + 1)));
  }

  /** An RFC 3339 time, a date, seconds since 1970, or an age such as {@code 24h}. */
  private Instant instant(String text) throws ApiException {
    try {
      if (text.matches("\\d+(\\.\\d+)?")) {
        String[] parts = text.split("\\.", 2);
        return Instant.ofEpochSecond(Long.parseLong(parts[0]));
      }
      Optional<Duration> age = age(text);
      if (age.isPresent()) {
        return now.minus(age.get());
      }
      if (text.indexOf('T') < 0) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException | NumberFormatException e) {
      throw ApiException.badRequest("invalid value for filter until: \"" + text + "\"");
    }
  }

  private static Optional<Duration> age(String text) {
    Matcher part = AGE_PART.matcher(text);
    Duration total = Duration.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      long amount = Long.parseLong(part.group(1));
      total =
          total.plus(
              switch (part.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
              });
      end = part.end();
    }
    return end > 0 && end == text.length() ? Optional.of(total) : Optional.empty();
  }
}
