package io.metanode.containers.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.containers.event.Event;
import io.metanode.containers.event.EventBus;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.RecordedExchange;
import io.metanode.containers.http.RouteTable;
import io.metanode.foundation.SystemClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventEndpointsTest {

  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.000000006Z");

  private final EventBus bus = new EventBus();
  private final RouteTable routes = new RouteTable();

  @BeforeEach
  void happen() {
    new EventEndpoints(bus, SystemClock.INSTANCE).register(routes);
    bus.publish(new Event("container", "rename", "c1", Map.of(), THEN));
    bus.publish(new Event("container", "die", "c1", Map.of(), THEN.plusSeconds(9)));
  }

  private List<String> actions(RecordedExchange asked) throws Exception {
    return asked.send(routes).messages().stream()
        .map(event -> event.path("Action").stringValue())
        .toList();
  }

  private static RecordedExchange events() {
    return new RecordedExchange("GET", "/events");
  }

  @Test
  void anEndWithoutABeginningShowsWhatIsRemembered() throws Exception {
    String between = Long.toString(THEN.getEpochSecond() + 5);
    String after = Long.toString(THEN.getEpochSecond() + 10);
    assertEquals(List.of("rename"), actions(events().with("until", between)));
    assertEquals(List.of("rename", "die"), actions(events().with("until", after)));
    assertEquals(List.of("die"), actions(events().with("since", between).with("until", after)));
  }

  @Test
  void refusesAnEndBeforeTheBeginning() {
    RecordedExchange asked = events().with("since", "20").with("until", "10");
    assertThrows(ApiException.class, () -> asked.send(routes));
  }
}
