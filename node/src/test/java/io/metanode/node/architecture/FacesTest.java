package io.metanode.node.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** A module's top package is its face; nobody else imports its sub-packages. */
final class FacesTest {

  private static final String OURS = "io.metanode.";

  /** Never shipped, they take the product apart. */
  private static final Set<String> SEE_EVERYTHING = Set.of("simulation", "comparison");

  @Test
  void modulesUseOnlyEachOthersFaces() throws IOException {
    classes().should(useOnlyFacesOfOthers()).check(SourceTree.productClasses());
  }

  @Test
  void everyPackageIsNullMarked() throws IOException {
    classes().should(liveInNullMarkedPackages()).check(SourceTree.productClasses());
  }

  private static ArchCondition<JavaClass> useOnlyFacesOfOthers() {
    return new ArchCondition<>("use only the top packages of other modules") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
          String target = dependency.getTargetClass().getPackageName();
          boolean elsewhere =
              !SEE_EVERYTHING.contains(module(item.getPackageName()))
                  && target.startsWith(OURS)
                  && !module(target).equals(module(item.getPackageName()));
          if (elsewhere && target.indexOf('.', OURS.length()) >= 0) {
            events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static ArchCondition<JavaClass> liveInNullMarkedPackages() {
    return new ArchCondition<>("live in a @NullMarked package") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  item, item.getPackageName() + " lacks a @NullMarked package-info.java"));
        }
      }
    };
  }

  /** The module's name in a package's name. */
  private static String module(String packageName) {
    String rest = packageName.substring(OURS.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }
}
