package io.metanode.containers.volume;

import io.metanode.containers.http.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The filters of {@code docker volume ls} and {@code docker volume prune}. */
public final class VolumeQuery {

  private final Volumes volumes;
  private final Map<String, List<String>> filters;

  /**
   * @param filters values by filter name: {@code dangling}, {@code name}, {@code label}, {@code
   *     label!}, {@code driver}
   */
  public VolumeQuery(Volumes volumes, Map<String, List<String>> filters) {
    this.volumes = volumes;
    this.filters = Map.copyOf(filters);
  }

  /**
   * @throws ApiException 400 if a value is malformed
   */
  public List<Volume> select() throws ApiException {
    List<Volume> selected = new ArrayList<>(volumes.all());
    if (!values("name").isEmpty()) {
      selected.removeIf(
          volume -> values("name").stream().noneMatch(part -> volume.name().contains(part)));
    }
    if (!values("driver").isEmpty() && !values("driver").contains(Volumes.DRIVER)) {
      selected.clear();
    }
    values("label").forEach(label -> selected.removeIf(volume -> !hasLabel(volume, label)));
    values("label!").forEach(label -> selected.removeIf(volume -> hasLabel(volume, label)));
    if (!values("dangling").isEmpty()) {
      boolean wanted = isTrue(values("dangling"));
      selected.removeIf(volume -> volumes.users(volume).isEmpty() != wanted);
    }
    return selected;
  }

  private List<String> values(String name) {
    return filters.getOrDefault(name, List.of());
  }

  private static boolean isTrue(List<String> values) throws ApiException {
    return switch (values.getFirst()) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default -> throw ApiException.badRequest("invalid filter 'dangling=" + values + "'");
    };
  }

  private static boolean hasLabel(Volume volume, String wanted) {
    int equals = wanted.indexOf('=');
    String value = volume.labels().get(equals < 0 ? wanted : wanted.substring(0, equals));
    return value != null && (equals < 0 || value.equals(wanted.substring(equals + 1)));
  }
}
