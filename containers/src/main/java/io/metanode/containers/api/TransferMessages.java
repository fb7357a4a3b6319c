package io.metanode.containers.api;

import io.metanode.containers.transfer.TransferProgress;
import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/** A transfer's progress as Docker's clients read it. */
final class TransferMessages implements TransferProgress {

  private final JsonMessages messages;

  TransferMessages(JsonMessages messages) {
    this.messages = messages;
  }

  @Override
  public void status(String id, String status) throws IOException {
    ObjectNode message = JsonMessages.message().put("status", status);
    if (!id.isEmpty()) {
      message.put("id", id);
    }
    messages.send(message);
  }

  @Override
  public void progress(String id, String status, long current, long total) throws IOException {
    ObjectNode message = JsonMessages.message().put("status", status);
    ObjectNode detail = message.putObject("progressDetail");
    if (total > 0) {
      detail.put("current", current).put("total", total);
    }
    message.put("id", id);
    messages.send(message);
  }

  @Override
  public void pushed(String tag, String digest, long size) throws IOException {
    status("", tag + ": digest: " + digest + " size: " + size);
    ObjectNode message = JsonMessages.message();
    message.putObject("progressDetail");
    message.putObject("aux").put("Tag", tag).put("Digest", digest).put("Size", size);
    messages.send(message);
  }
}
