package io.metanode.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every command says how it is used, and what it does not know is wrong usage. */
class HelpTest {

  private record Said(int exitCode, String out, String err) {}

  private static Said run(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Metanode.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exitCode = line.execute(arguments.toArray(String[]::new));
    return new Said(exitCode, out.toString(), err.toString());
  }

  private static List<List<String>> commands(CommandLine line, List<String> name) {
    List<List<String>> all = new ArrayList<>(List.of(name));
    line.getSubcommands()
        .forEach(
            (word, command) -> {
              List<String> longer = new ArrayList<>(name);
              longer.add(word);
              all.addAll(commands(command, longer));
            });
    return all;
  }

  private static List<String> with(List<String> command, String more) {
    List<String> arguments = new ArrayList<>(command);
    arguments.add(more);
    return arguments;
  }

  @Test
  void everyCommandExplainsItself() {
    List<List<String>> commands = commands(Metanode.commandLine(), List.of());
    assertTrue(commands.size() > 30, commands.toString());
    for (List<String> command : commands) {
      Said help = run(with(command, "--help"));
      assertEquals(0, help.exitCode(), command.toString());
      String usage = String.join(" ", with(List.of("Usage: metanode"), String.join(" ", command)));
      assertTrue(help.out().startsWith(usage.strip()), help.out());
    }
  }

  @Test
  void unknownFlagOfEveryCommandIsWrongUsage() {
    for (List<String> command : commands(Metanode.commandLine(), List.of())) {
      Said wrong = run(with(command, "--nosuch"));
      assertEquals(2, wrong.exitCode(), command.toString());
      assertTrue(wrong.err().contains("Usage: metanode") || wrong.err().contains("--nosuch"));
    }
  }
}
