package io.metanode.containers.api;

import io.metanode.containers.build.BuildException;
import io.metanode.containers.build.BuildOutput;
import io.metanode.containers.build.BuildStep;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.transfer.TransferProgress;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A build's output as Docker's clients read it. Quiet builds show it only if they fail. */
final class BuildMessages implements BuildOutput {

  private static final int SHORT_ID = 12;
  private static final int MOST_KEPT = 1 << 20;

  private final HttpExchange exchange;
  private final JsonMessages messages;
  private final boolean quiet;
  private final StringBuilder kept = new StringBuilder();

  BuildMessages(HttpExchange exchange, boolean quiet) {
    this.exchange = exchange;
    this.messages = new JsonMessages(exchange);
    this.quiet = quiet;
  }

  @Override
  public synchronized void print(String text) throws IOException {
    if (!quiet) {
      messages.send(JsonMessages.message().put("stream", text));
    } else if (kept.length() < MOST_KEPT) {
      kept.append(text);
    }
  }

  @Override
  public void begin(BuildStep step) throws IOException {
    print("Step " + step.number() + "/" + step.of() + " : " + step.text() + "\n");
  }

  @Override
  public void cached() throws IOException {
    print(" ---> Using cache\n");
  }

  @Override
  public void running(String container) throws IOException {
    print(" ---> Running in " + container + "\n");
  }

  @Override
  public void removed(String container) throws IOException {
    print("Removing intermediate container " + container + "\n");
  }

  @Override
  public void end(Optional<Digest> image) throws IOException {
    print(" ---> " + image.map(id -> id.hex().substring(0, SHORT_ID)).orElse("") + "\n");
  }

  @Override
  public void triggers(int count) throws IOException {
    print("# Executing " + count + " build trigger" + (count > 1 ? "s" : "") + "\n");
  }

  @Override
  public void warn(String text) throws IOException {
    error(text + "\n");
  }

  @Override
  public void naming(Digest image, List<ImageReference> names) {}

  /** In red, as Docker shows it. */
  @Override
  public void error(String text) throws IOException {
    print("\u001b[91m" + text + "\u001b[0m");
  }

  @Override
  public synchronized void built(Digest image) throws IOException {
    ObjectNode message = JsonMessages.message();
    message.putObject("aux").put("ID", image.toString());
    messages.send(message);
  }

  @Override
  public TransferProgress pulls() {
    return quiet ? new Silent() : new TransferMessages(messages);
  }

  @Override
  public boolean isAbandoned() {
    return exchange.peerGone();
  }

  synchronized void done(Digest image, List<ImageReference> names) throws IOException {
    if (quiet) {
      messages.send(JsonMessages.message().put("stream", image + "\n"));
    } else {
      print("Successfully built " + image.hex().substring(0, SHORT_ID) + "\n");
      for (ImageReference name : names) {
        print("Successfully tagged " + name.familiar() + "\n");
      }
    }
    messages.close();
  }

  synchronized void fail(Exception failure) throws ApiException, IOException {
    if (quiet && !kept.isEmpty()) {
      messages.send(JsonMessages.message().put("stream", kept.toString()));
    }
    if (failure instanceof BuildException step) {
      messages.fail(step, step.exitCode());
    } else {
      messages.fail(failure);
    }
  }

  /** Pulls of quiet builds. */
  private static final class Silent implements TransferProgress {

    @Override
    public void status(String id, String status) {}

    @Override
    public void progress(String id, String status, long current, long total) {}

    @Override
    public void pushed(String tag, String digest, long size) {}
  }
}
