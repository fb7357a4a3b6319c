package io.metanode.containers.buildkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class OwnPushesTest {

  @Test
  void olderClientsPushByThemselves() {
    assertTrue(OwnPushes.by("grpc-go/1.59.0"));
    assertTrue(OwnPushes.by("buildkit/0.19 grpc-go/1.68.1"));
  }

  @Test
  void othersLeaveItToTheEngine() {
    assertFalse(OwnPushes.by("grpc-go/1.69.4"));
    assertFalse(OwnPushes.by("grpc-go/1.100.0"));
    assertFalse(OwnPushes.by("grpc-go/2.1.0"));
    assertFalse(OwnPushes.by("grpc-java-okhttp/1.60.0"));
    assertFalse(OwnPushes.by("grpc-go/1.99999999999.0"));
    assertFalse(OwnPushes.by(""));
  }
}
