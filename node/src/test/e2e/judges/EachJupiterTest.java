import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs JUnit 5 classes and writes a line for each test: {@code ok NAME} or {@code not ok NAME}. A
 * class that cannot begin has a line too, a test that is skipped has none. A test is given up after
 * a minute, though it may not listen.
 */
public final class EachJupiterTest implements TestExecutionListener {

  private final PrintWriter verdicts;
  private TestPlan plan;

  private EachJupiterTest(PrintWriter verdicts) {
    this.verdicts = verdicts;
  }

  public static void main(String[] arguments) throws Exception {
    List<ClassSelector> classes =
        Arrays.stream(arguments).skip(1).map(DiscoverySelectors::selectClass).toList();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(classes)
            .configurationParameter("junit.jupiter.execution.timeout.default", "1 m")
            .configurationParameter(
                "junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
            .build();
    try (PrintWriter verdicts =
        new PrintWriter(Files.newBufferedWriter(Path.of(arguments[0])), true)) {
      LauncherFactory.create().execute(request, new EachJupiterTest(verdicts));
    }
    System.exit(0);
  }

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    switch (result.getStatus()) {
      case SUCCESSFUL -> {
        if (test.isTest()) {
          verdicts.println("ok " + nameOf(test));
        }
      }
      case FAILED -> {
        System.out.println("FAILED " + nameOf(test));
        result.getThrowable().ifPresent(thrown -> thrown.printStackTrace(System.out));
        verdicts.println("not ok " + nameOf(test));
      }
      case ABORTED -> System.out.println("SKIPPED " + nameOf(test));
    }
  }

  /** The class, the method and, where it has them, the parameters; on one line. */
  private String nameOf(TestIdentifier test) {
    String above =
        plan.getParent(test)
            .filter(parent -> parent.getParentId().isPresent())
            .map(parent -> nameOf(parent) + " ")
            .orElse("");
    return above + test.getDisplayName().replaceAll("\\s+", " ");
  }
}
