package io.metanode.node.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The module graph of docs/ARCHITECTURE.md is the one the poms build, and has no cycle. */
final class ModuleGraphTest {

  private static final Pattern LINE =
      Pattern.compile("^([a-z]+)(?: +-> +([a-z]+(?:, [a-z]+)*))?$", Pattern.MULTILINE);

  @Test
  void documentShowsWhatThePomsBuild() throws Exception {
    assertEquals(graphOfPoms(), graphOfDocument());
  }

  @Test
  void graphHasNoCycle() throws Exception {
    Map<String, Set<String>> left = graphOfPoms();
    boolean removed = true;
    while (removed) {
      removed = left.values().removeIf(Set::isEmpty);
      left.values().forEach(needs -> needs.retainAll(left.keySet()));
    }
    assertEquals(Map.of(), left, "these modules need each other in a circle");
  }

  @Test
  void ledgerAndContainersMeetOnlyThroughReceipts() throws Exception {
    Map<String, Set<String>> graph = graphOfPoms();
    assertFalse(graph.getOrDefault("containers", Set.of()).contains("ledger"));
    assertFalse(graph.getOrDefault("ledger", Set.of()).contains("containers"));
  }

  private static Map<String, Set<String>> graphOfDocument() throws IOException {
    String document = Files.readString(SourceTree.ROOT.resolve("docs/ARCHITECTURE.md"));
    String block = document.split("```modules\n", 2)[1].split("```", 2)[0];
    Map<String, Set<String>> graph = new TreeMap<>();
    Matcher line = LINE.matcher(block);
    while (line.find()) {
      Set<String> needs = new TreeSet<>();
      if (line.group(2) != null) {
        needs.addAll(Set.of(line.group(2).split(", ")));
      }
      graph.put(line.group(1), needs);
    }
    return graph;
  }

  private static Map<String, Set<String>> graphOfPoms() throws Exception {
    Map<String, Set<String>> graph = new TreeMap<>();
    for (String module : SourceTree.modules()) {
      Set<String> needs = new TreeSet<>();
      NodeList dependencies =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(SourceTree.ROOT.resolve(module).resolve("pom.xml").toFile())
              .getElementsByTagName("dependency");
      for (int i = 0; i < dependencies.getLength(); i++) {
        Element dependency = (Element) dependencies.item(i);
        boolean ours = text(dependency, "groupId").equals("io.metanode");
        if (ours && !text(dependency, "scope").equals("test")) {
          needs.add(text(dependency, "artifactId"));
        }
      }
      graph.put(module, needs);
    }
    return graph;
  }

  private static String text(Element dependency, String tag) {
    NodeList found = dependency.getElementsByTagName(tag);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }
}
