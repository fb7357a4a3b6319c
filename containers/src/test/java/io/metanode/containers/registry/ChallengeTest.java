package io.metanode.containers.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChallengeTest {

  @Test
  void readsWhatRegistriesSend() {
    assertEquals(
        Optional.of(
            new Challenge.Bearer(
                "https://auth.example/token", "registry.example", "repository:a/b:pull,push")),
        Challenge.of(
            List.of(
                "Bearer realm=\"https://auth.example/token\",service=\"registry.example\","
                    + "scope=\"repository:a/b:pull,push\",error=\"invalid_token\"")));
    assertEquals(
        Optional.of(new Challenge.Bearer("x\"y", "s", "")),
        Challenge.of(List.of("bearer Realm=\"x\\\"y\", service=s")));
    assertEquals(Optional.of(new Challenge.Basic()), Challenge.of(List.of("Basic realm=\"x\"")));
    assertEquals(
        Optional.of(new Challenge.Bearer("r", "", "")),
        Challenge.of(List.of("Basic realm=\"x\"", "Bearer realm=\"r\"")));
    assertEquals(Optional.empty(), Challenge.of(List.of("Negotiate")));
    assertEquals(Optional.empty(), Challenge.of(List.of()));
  }
}
