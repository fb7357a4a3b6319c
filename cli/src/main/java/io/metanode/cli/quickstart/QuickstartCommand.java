package io.metanode.cli.quickstart;

import io.metanode.cli.BusyboxImage;
import io.metanode.cli.CommandException;
import io.metanode.cli.NodeFacts;
import io.metanode.cli.NodeHome;
import io.metanode.cli.NodeState;
import io.metanode.cli.Program;
import io.metanode.cli.process.DockerClient;
import io.metanode.cli.process.Finished;
import io.metanode.ledger.LogStanding;
import io.metanode.receipts.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Sets up, runs a container, and proves it. May be run again and again. */
@Command(
    name = "quickstart",
    description = "Start a node, run a container through it, show and verify its receipts.")
public final class QuickstartCommand implements Callable<Integer> {

  private static final String TENANT = "quickstart";
  private static final String IMAGE = "metanode/quickstart:latest";

  private final NodeHome home = NodeHome.fromEnvironment();
  private final Stage stage = new Stage(System.out, 7);

  @Override
  public Integer call() throws IOException {
    if (!NodeHome.isRoot()) {
      throw new CommandException(
          "containers need root (namespaces, mounts, cgroups); try: sudo ./metanode quickstart");
    }
    System.out.println("Metanode quickstart: from nothing to a container you can prove");
    NodeFacts node = node();
    Program docker = DockerClient.of(node.dockerSocket(), home.directory().resolve("client"));
    image(docker);
    long before = node.receiptsCount();
    container(docker);
    show(node, before);
    verify(node);
    logBlock(node);
    bill(node);
    tellMore(node);
    return 0;
  }

  private NodeFacts node() {
    stage.begin("Starting the node");
    boolean ran = NodeState.of(home) instanceof NodeState.Running;
    if (!ran) {
      Finished up = launcher().run("up", "-d");
      if (!up.succeeded()) {
        throw new CommandException("the node did not start:\n" + up.output().strip());
      }
    }
    NodeFacts node = NodeState.running(home);
    stage.end((ran ? "it runs already, process " : "ready, process ") + node.pid());
    return node;
  }

  private void image(Program docker) throws IOException {
    stage.begin("Making an image from this host's static busybox");
    boolean made =
        BusyboxImage.ensure(docker, IMAGE, home.directory().resolve("quickstart-image.tar"));
    String id = docker.output("image", "inspect", "--format", "{{.Id}}", IMAGE).strip();
    stage.end(IMAGE + (made ? " is " : " was made before, ") + id);
  }

  private void container(Program docker) throws IOException {
    stage.begin("Running a container with the docker client");
    Files.deleteIfExists(containerId());
    String[] run = {
      "run",
      "--rm",
      "--cidfile",
      containerId().toString(),
      "--label",
      "io.metanode.tenant=" + TENANT,
      "--label",
      "io.metanode.app=hello",
      "--memory",
      "64m",
      IMAGE,
      "sh",
      "-c",
      "echo Hello from container $(hostname), Linux $(uname -r); ls -d /bin/b*; id"
    };
    stage.show("$ " + docker.line(run));
    stage.show(docker.output(run));
    stage.end("it ran, ended with exit code 0 and is gone");
  }

  private Path containerId() {
    return home.directory().resolve("quickstart-container");
  }

  private void show(NodeFacts node, long before) throws IOException {
    stage.begin("Its receipts");
    long count = node.receiptsCount() - before;
    stage.show("$ " + command() + " receipts tail -n " + count);
    stage.show(launcher().output("receipts", "tail", "-n", Long.toString(count)));
    stage.end(count + " receipts, each durable before docker heard of success");
  }

  private void verify(NodeFacts node) {
    stage.begin("Verifying the log offline: a jar of its own, the files and the public key");
    Path jar = Path.of(System.getProperty("metanode.dist", ".")).resolve("metanode-verify.jar");
    Program verifier =
        Program.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            jar.toString());
    String[] arguments = {
      node.receiptsDirectory().toString(), "--key", node.receiptsPublicKey().toString()
    };
    stage.show("$ " + verifier.line(arguments));
    stage.show(verifier.output(arguments));
    stage.end("verified");
  }

  private void logBlock(NodeFacts node) throws IOException {
    stage.begin("Its LogBlock on the ledger: final, whatever becomes of this log");
    Optional<LogStanding> log =
        FinalReceipts.await(
            home, node.receiptsOrigin(), LogReader.open(node.receiptsDirectory()).size());
    if (log.isEmpty()) {
      stage.end("the ledger is turned off, or did not answer in time; see metanode status");
      return;
    }
    stage.show("$ " + command() + " ledger block " + log.get().height());
    stage.show("log       " + node.receiptsOrigin());
    stage.show("LogBlock  " + log.get().number() + ", " + log.get().digest());
    stage.show("size      " + log.get().size() + " receipts");
    stage.show("root      " + log.get().root());
    stage.end("final in block " + log.get().height());
  }

  private void bill(NodeFacts node) throws IOException {
    stage.begin("Its bill, derived from the receipts and verified against them");
    Path file = home.directory().resolve("quickstart-bill.json");
    ContainerBill bill = ContainerBill.of(home, node, TENANT, file);
    stage.show("$ " + command() + " bill show --tenant " + TENANT);
    stage.show(bill.lines(Files.readString(containerId()).strip()));
    stage.show("$ " + command() + " bill verify " + file);
    stage.end(bill.verdict());
  }

  private void tellMore(NodeFacts node) {
    System.out.printf(
        """

        Where everything lies
          docker socket    %1$s
          receipts         %2$s
          public key       %3$s
          node's log       %4$s
          configuration    %5$s

        What to try next
        %6$s  export DOCKER_HOST=%7$s
          docker run -it --rm %8$s sh       a shell in a container
          docker run -d -p 8080:80 %8$s httpd -f     then: wget -qO- localhost:8080
          %9$s receipts tail          every operation so far
          %9$s receipts verify        check the log again
          %9$s receipts prove --final 0   a receipt, and that it is final
          %9$s status                 the node and its endpoints
          %9$s bill meter             what is used and not settled yet
          %9$s ledger status          the validator inside the node
          %9$s doctor                 what this host has and lacks
          %9$s down                   stop the node; containers go on running
        """,
        node.dockerSocket(),
        node.receiptsDirectory(),
        node.receiptsPublicKey(),
        node.logFile(),
        node.configFile(),
        homeLine(),
        "unix://" + node.dockerSocket(),
        IMAGE.substring(0, IMAGE.indexOf(':')),
        command());
  }

  /** A home that is not the default one must be named to every later command. */
  private String homeLine() {
    return System.getenv("METANODE_HOME") == null
        ? ""
        : "  export METANODE_HOME=" + home.directory() + "\n";
  }

  /** How this program is called from where the user is. */
  private static String command() {
    Path launcher = Path.of(System.getProperty("metanode.launcher", "metanode"));
    Path here = Path.of("").toAbsolutePath();
    return here.equals(launcher.getParent()) ? "./" + launcher.getFileName() : launcher.toString();
  }

  private Program launcher() {
    String launcher = System.getProperty("metanode.launcher");
    if (launcher == null) {
      throw new CommandException("start the quickstart by ./metanode");
    }
    return Program.of(launcher).with("METANODE_HOME", home.directory().toString());
  }
}
