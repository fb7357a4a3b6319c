package io.metanode.containers.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Header fields in the order they came; names compare without case. */
record Headers(List<Field> fields) {

  /** One field line; the value without surrounding white space. */
  record Field(String name, String value) {}

  Headers {
    fields = new ArrayList<>(fields);
  }

  Optional<String> first(String name) {
    return values(name).findFirst();
  }

  Stream<String> values(String name) {
    return fields.stream().filter(field -> field.name.equalsIgnoreCase(name)).map(Field::value);
  }

  /** Whether a comma separated header holds the token, without case. */
  boolean holds(String name, String token) {
    return values(name)
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .anyMatch(item -> item.strip().equalsIgnoreCase(token));
  }
}
