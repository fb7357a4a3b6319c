package io.metanode.cli.ledger;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How an answer is printed. */
public final class Printed {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public enum Output {
    text,
    json
  }

  @Option(
      names = {"-o", "--output"},
      description = "text or json",
      defaultValue = "text")
  Output output = Output.text;

  /** An object without members. */
  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** A tree of strings, numbers, lists and maps. */
  public static JsonNode tree(Object value) {
    return JSON.valueToTree(value);
  }

  public void print(CommandSpec spec, JsonNode json) {
    PrintWriter out = spec.commandLine().getOut();
    if (output == Output.json) {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
    } else {
      lines(out, "", json);
    }
    out.flush();
  }

  private static void lines(PrintWriter out, String indent, JsonNode json) {
    json.forEachEntry(
        (key, value) -> {
          if (value.isObject()) {
            out.printf("%s%s%n", indent, key);
            lines(out, indent + "  ", value);
          } else if (value.isArray() && !value.isEmpty() && value.get(0).isObject()) {
            value.forEach(
                element -> {
                  out.printf("%s%s%n", indent, key);
                  lines(out, indent + "  ", element);
                });
          } else {
            out.printf("%s%-18s %s%n", indent, key, value.isString() ? value.asString() : value);
          }
        });
  }
}
