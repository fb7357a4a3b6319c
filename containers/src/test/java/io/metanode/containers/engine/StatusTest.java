package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.containers.config.RestartPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The transition table, written out a second time. */
final class StatusTest {

  private static final List<String> STEPS =
      List.of(
          "created running",
          "created exited",
          "created removing",
          "running paused",
          "running restarting",
          "running exited",
          "running removing",
          "paused running",
          "paused restarting",
          "paused exited",
          "paused removing",
          "restarting running",
          "restarting exited",
          "restarting removing",
          "exited running",
          "exited removing",
          "removing dead",
          "dead removing");

  @Test
  void onlyTheseStepsAreTaken() {
    List<String> found = new ArrayList<>();
    for (Status from : Status.values()) {
      for (Status to : Status.values()) {
        if (from.leadsTo(to)) {
          found.add(from.word() + " " + to.word());
        }
      }
    }
    assertEquals(STEPS, found);
  }

  @Test
  void otherStepsAreAnError() {
    State created = State.created("c", new RestartPolicy("no", 0));
    assertThrows(IllegalStateException.class, () -> created.to(Status.PAUSED));
    assertEquals(Status.RUNNING, created.to(Status.RUNNING).status());
  }

  @Test
  void stateFileGivesBackWhatItWasGiven() {
    State state = State.created("c", new RestartPolicy("on-failure", 3)).to(Status.RUNNING);
    assertEquals(state, StateFile.read(StateFile.json(state)));
  }
}
