package io.metanode.node.training;

import io.metanode.cli.process.BusyboxImage;
import io.metanode.foundation.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends an engine what the docker client sends for {@code import}, {@code run --rm}, {@code run
 * -d}, {@code exec}, {@code logs}, {@code ps}, {@code inspect} and {@code rm}, over and over until
 * the time is up.
 */
public final class EngineTraining {

  private static final Pattern ID = Pattern.compile("\"Id\": ?\"([0-9a-f]{64})\"");
  private static final String IMAGE = "training:latest";
  private static final String LASTING = "lasting";
  private static final int MOST_RUNS = 40;

  private final Requests requests;
  private final Clock clock;
  private final long until;

  private EngineTraining(Requests requests, Clock clock, Duration time) {
    this.requests = requests;
    this.clock = clock;
    this.until = clock.monotonicNanos() + time.toNanos();
  }

  /** Trains the engine that serves {@code socket}; leaves no container in it. */
  public static void run(Path socket, Clock clock, Duration time) throws IOException {
    try (Requests requests = new Requests(socket)) {
      // An answer that does not come is not waited for.
      CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
          .execute(requests::close);
      new EngineTraining(requests, clock, time).all();
    } finally {
      try (Requests last = new Requests(socket)) {
        last.ask("DELETE", "/containers/" + LASTING + "?force=1", "");
      }
    }
  }

  private void all() throws IOException {
    requests.ask("GET", "/info", "");
    requests.ask("GET", "/version", "");
    importImage();
    create("?name=" + LASTING, "default", false, "\"sleep\",\"1000\"");
    requests.ask("POST", "/containers/" + LASTING + "/start", "");
    for (int i = 0; i < MOST_RUNS && clock.monotonicNanos() < until; i++) {
      runOnce(i % 2 == 0 ? "default" : "none");
      if (i % 8 == 0) {
        exec();
        look();
      }
    }
  }

  private void importImage() throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    BusyboxImage.write(archive);
    String target = "/images/create?fromSrc=-&repo=training&tag=latest&changes=ENV+PATH%3D%2Fbin";
    String headers = "Connection: close\r\nContent-Type: text/plain\r\n";
    requests.send("POST", target, headers, archive.toByteArray()).toEnd();
  }

  private String create(String query, String network, boolean remove, String command)
      throws IOException {
    String json =
        """
        {"Hostname":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":true,
        "AttachStderr":true,"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":["A=b"],
        "Cmd":[%s],"Image":"%s","Volumes":{},"WorkingDir":"","Entrypoint":null,"OnBuild":null,
        "Labels":{},"HostConfig":{"Binds":null,"ContainerIDFile":"","LogConfig":{"Type":"",
        "Config":{}},"NetworkMode":"%s","PortBindings":{},"RestartPolicy":{"Name":"no",
        "MaximumRetryCount":0},"AutoRemove":%s,"VolumeDriver":"","VolumesFrom":null,
        "ConsoleSize":[24,80],"CapAdd":null,"CapDrop":null,"CgroupnsMode":"","Dns":[],
        "DnsOptions":[],"DnsSearch":[],"ExtraHosts":null,"GroupAdd":null,"IpcMode":"","Cgroup":"",
        "Links":null,"OomScoreAdj":0,"PidMode":"","Privileged":false,"PublishAllPorts":false,
        "ReadonlyRootfs":false,"SecurityOpt":null,"UTSMode":"","UsernsMode":"","ShmSize":0,
        "Isolation":"","CpuShares":0,"Memory":67108864,"NanoCpus":0,"CgroupParent":"",
        "PidsLimit":0,"Ulimits":[],"MaskedPaths":null,"ReadonlyPaths":null},
        "NetworkingConfig":{"EndpointsConfig":{}}}"""
            .formatted(command, IMAGE, network, remove);
    String answer = requests.ask("POST", "/containers/create" + query, json);
    Matcher id = ID.matcher(answer);
    if (!id.find()) {
      throw new IOException("no container was made: " + answer);
    }
    return id.group(1);
  }

  /** {@code docker run --rm}. */
  private void runOnce(String network) throws IOException {
    String container = "/containers/" + create("", network, true, "\"echo\",\"trained\"");
    Requests.Connection attached =
        requests.hijack(container + "/attach?stderr=1&stdout=1&stream=1", "");
    attached.head();
    Requests.Connection waiting =
        requests.send(
            "POST", container + "/wait?condition=removed", "Connection: close\r\n", new byte[0]);
    waiting.head();
    requests.ask("POST", container + "/start", "");
    attached.toEnd();
    waiting.toEnd();
  }

  private void exec() throws IOException {
    String json =
        """
        {"User":"","Privileged":false,"Tty":false,"ConsoleSize":[24,80],"AttachStdin":false,
        "AttachStderr":true,"AttachStdout":true,"DetachKeys":"","Env":null,"WorkingDir":"",
        "Cmd":["echo","trained"]}""";
    Matcher id = ID.matcher(requests.ask("POST", "/containers/" + LASTING + "/exec", json));
    if (id.find()) {
      String exec = "/exec/" + id.group(1);
      requests.hijack(exec + "/start", "{\"Detach\":false,\"Tty\":false}").toEnd();
      requests.ask("GET", exec + "/json", "");
    }
  }

  private void look() throws IOException {
    requests.ask("GET", "/containers/json?all=1", "");
    requests.ask("GET", "/containers/" + LASTING + "/json", "");
    requests.ask("GET", "/containers/" + LASTING + "/logs?stdout=1&stderr=1&tail=all", "");
    requests.ask("GET", "/containers/" + LASTING + "/stats?stream=0&one-shot=1", "");
    requests.ask("GET", "/images/json", "");
    requests.ask("GET", "/images/" + IMAGE + "/json", "");
    requests.ask("GET", "/_ping", "");
  }
}
