package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.node.process.EngineApi.Execution;
import io.metanode.node.process.EngineApi.Refused;
import io.metanode.testkit.Eventually;
import io.metanode.testkit.Gen;
import java.io.IOException;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client that leads containers through their lives, one after another, whatever becomes of the
 * node meanwhile. What was acknowledged must be so from then on; what was cut off is looked at once
 * the node is back, and done again if it was not done.
 */
final class CrashClient implements Callable<Integer> {

  private final CrashLoad load;
  private final EngineApi api;
  private final Gen gen;
  private final String label;

  CrashClient(CrashLoad load, Gen gen, int number) {
    this.load = load;
    this.api = load.api();
    this.gen = gen;
    this.label = "c" + number + "-";
  }

  /** Goes on until the load ends; gives back how many lives it led. */
  @Override
  public Integer call() throws Exception {
    int lives = 0;
    while (!load.over()) {
      String name = label + lives;
      switch (gen.intBetween(0, 8)) {
        case 0 -> ends(name);
        case 1 -> stops(name);
        case 2 -> isKilled(name);
        case 3 -> isPaused(name);
        case 4 -> removesItself(name);
        case 5 -> isRenamed(name);
        case 6 -> isCopied(name);
        case 7 -> isUpdated(name);
        default -> execs();
      }
      lives++;
    }
    return lives;
  }

  private void ends(String name) throws Exception {
    int code = gen.intBetween(1, 99);
    int micros = gen.intBetween(0, 900_000);
    String id = create(name, "echo begun; usleep " + micros + "; echo over; exit " + code, false);
    start(id);
    awaitEnd(id, code);
    assertEquals("begun\nover\n", look(() -> api.logs(id)), name);
    remove(id);
  }

  private void stops(String name) throws Exception {
    String script = "trap 'exit 7' TERM; echo ready; while :; do usleep 5000; done";
    String id = create(name, script, false);
    start(id);
    Eventually.equal("log of " + name, "ready\n", () -> look(() -> api.logs(id)));
    while (!attempt(id, "container.stop", () -> api.post(id, "stop?t=60")) && running(id)) {
      assertTrue(load.kills() > 0);
    }
    awaitEnd(id, 7);
    remove(id);
  }

  private void isKilled(String name) throws Exception {
    String id = create(name, "exec sleep 1000", false);
    start(id);
    if (!attempt(id, "container.kill", () -> api.post(id, "kill"))) {
      // To stop what is dying already is no error.
      look(() -> api.post(id, "stop?t=0"));
    }
    awaitEnd(id, 137);
    remove(id);
  }

  private void isPaused(String name) throws Exception {
    String id = create(name, "exec sleep 1000", false);
    start(id);
    if (attempt(id, "container.pause", () -> api.post(id, "pause"))) {
      assertEquals("paused", status(id), name);
      if (attempt(id, "container.unpause", () -> api.post(id, "unpause"))) {
        assertEquals("running", status(id), name);
      }
    }
    remove(id);
  }

  private void removesItself(String name) throws Exception {
    String id = create(name, "usleep " + gen.intBetween(0, 300_000), true);
    start(id);
    Eventually.equal(name + " is there", false, () -> look(() -> api.exists(id)));
    load.removed(id);
  }

  private void isRenamed(String name) throws Exception {
    String id = create(name, "true", false);
    if (attempt(id, "container.rename", () -> api.post(id, "rename?name=" + name + "-renamed"))) {
      assertEquals("/" + name + "-renamed", look(() -> api.inspect(id)).path("Name").asString());
    }
    remove(id);
  }

  /** What was acknowledged to be copied in is there, also where the node died right after. */
  private void isCopied(String name) throws Exception {
    String id = create(name, "exec sleep 1000", false);
    if (gen.oneIn(2)) {
      start(id);
    }
    while (!attempt(id, "container.copy-in", () -> api.copyIn(id, "/tmp", "f", name))) {
      assertTrue(load.kills() > 0);
    }
    Holder<String> archive = new Holder<>("");
    while (!attempt(id, "container.copy-out", () -> archive.take(api.copyOut(id, "/tmp/f")))) {
      assertTrue(load.kills() > 0);
    }
    assertTrue(archive.value.contains(name), "what was copied in comes out");
    remove(id);
  }

  private static final class Holder<T> {
    private T value;

    private Holder(T value) {
      this.value = value;
    }

    private boolean take(T given) {
      value = given;
      return true;
    }
  }

  private void isUpdated(String name) throws Exception {
    String id = create(name, "exec sleep 1000", false);
    if (gen.oneIn(2)) {
      start(id);
    }
    long memory = gen.intBetween(16, 64) * (1L << 20);
    while (!attempt(id, "container.update", () -> api.limitMemory(id, memory))) {
      assertTrue(load.kills() > 0);
    }
    assertEquals(
        memory, look(() -> api.inspect(id)).path("HostConfig").path("Memory").asLong(0), name);
    remove(id);
  }

  private void execs() throws Exception {
    String id = gen.pick(load.longRunners());
    int code = gen.intBetween(0, 99);
    int kills = load.kills();
    try {
      Execution ended = api.exec(id, "echo said; exit " + code);
      assertEquals(new Execution(code, "said\r\n"), ended);
      load.acknowledged(id, "container.exec-create");
      load.acknowledged(id, "container.exec");
    } catch (IOException cutOff) {
      load.awaitNode();
    } catch (Refused | AssertionError e) {
      // An exec's stream ends with the node, and with the node its memory of the exec.
      if (load.kills() == kills) {
        throw e;
      }
    }
  }

  private String create(String name, String script, boolean autoRemove) throws Exception {
    ObjectNode body = EngineApi.script(CrashIT.IMAGE, script);
    body.withObject("HostConfig").put("AutoRemove", autoRemove);
    if (gen.oneIn(2)) {
      body.withObject("HostConfig").put("NetworkMode", "none");
    }
    while (true) {
      try {
        String id = api.create(name, body);
        load.acknowledged(id, "container.create");
        return id;
      } catch (IOException cutOff) {
        load.awaitNode();
        if (look(() -> api.exists(name))) {
          return look(() -> api.inspect(name)).required("Id").asString();
        }
      }
    }
  }

  private void start(String id) throws Exception {
    while (!attempt(id, "container.start", () -> api.post(id, "start"))) {
      if (!look(() -> api.status(id)).equals("created")) {
        return;
      }
    }
  }

  private void awaitEnd(String id, int code) throws Exception {
    Eventually.equal("end of " + id, "exited " + code, () -> status(id) + " " + exitCode(id));
    load.ended(id, code);
  }

  private void remove(String id) throws Exception {
    while (!attempt(id, "container.remove", () -> api.remove(id))) {
      if (!look(() -> api.exists(id))) {
        break;
      }
    }
    load.removed(id);
  }

  private JsonNode state(String id) throws Exception {
    return look(() -> api.inspect(id)).path("State");
  }

  private String status(String id) throws Exception {
    return look(() -> api.status(id));
  }

  private int exitCode(String id) throws Exception {
    return state(id).path("ExitCode").asInt(-1);
  }

  private boolean running(String id) throws Exception {
    return state(id).path("Running").asBoolean(false);
  }

  private interface Deed {
    boolean done() throws IOException;
  }

  /** Does something once; false if the node died over it, and is back now. */
  private boolean attempt(String id, String operation, Deed deed) throws Exception {
    try {
      if (deed.done()) {
        load.acknowledged(id, operation);
      }
      return true;
    } catch (IOException cutOff) {
      load.awaitNode();
      return false;
    }
  }

  private interface Look<T> {
    T at() throws IOException;
  }

  /** Looks until the node answers. */
  private <T> T look(Look<T> look) throws Exception {
    while (true) {
      try {
        return look.at();
      } catch (IOException cutOff) {
        load.awaitNode();
      }
    }
  }
}
