import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;

/** Runs JUnit 4 classes and writes a line for each test: {@code ok NAME} or {@code not ok NAME}. */
public final class EachTest extends RunListener {

  private final PrintWriter verdicts;
  private final Set<Description> failed = new HashSet<>();

  private EachTest(PrintWriter verdicts) {
    this.verdicts = verdicts;
  }

  public static void main(String[] arguments) throws Exception {
    try (PrintWriter verdicts =
        new PrintWriter(Files.newBufferedWriter(Path.of(arguments[0])), true)) {
      JUnitCore core = new JUnitCore();
      core.addListener(new EachTest(verdicts));
      for (String name : Arrays.asList(arguments).subList(1, arguments.length)) {
        core.run(Class.forName(name));
      }
    }
    System.exit(0);
  }

  @Override
  public void testFailure(Failure failure) {
    System.out.println("FAILED " + failure.getDescription() + "\n" + failure.getTrace());
    if (failed.add(failure.getDescription())) {
      verdicts.println("not ok " + failure.getDescription().getDisplayName());
    }
  }

  @Override
  public void testAssumptionFailure(Failure failure) {
    failed.add(failure.getDescription());
  }

  @Override
  public void testFinished(Description description) {
    if (!failed.contains(description)) {
      verdicts.println("ok " + description.getDisplayName());
    }
  }
}
