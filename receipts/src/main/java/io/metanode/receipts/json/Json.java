package io.metanode.receipts.json;

import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;

/** A JSON value. Numbers are integers: receipts hold no others. */
public sealed interface Json {

  /** Members in the order they were written. */
  record Obj(SequencedMap<String, Json> members) implements Json {
    public Obj {
      members = Collections.unmodifiableSequencedMap(members);
    }
  }

  record Arr(List<Json> elements) implements Json {
    public Arr {
      elements = List.copyOf(elements);
    }
  }

  record Str(String value) implements Json {}

  record Num(long value) implements Json {}

  record Bool(boolean value) implements Json {}

  record Null() implements Json {}
}
