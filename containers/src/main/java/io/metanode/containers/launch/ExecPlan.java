package io.metanode.containers.launch;

import io.metanode.containers.sys.Constants;
import tools.jackson.databind.JsonNode;

/** One more process in a container that this launcher started. */
final class ExecPlan {

  private ExecPlan() {}

  /**
   * @param config the container's configuration
   */
  static byte[] bytes(
      JsonNode config, String containerId, JsonNode process, ControlGroups groups, byte[] filter)
      throws OutsideLauncherException {
    Plan plan = new Plan();
    ProcessSteps steps = new ProcessSteps(plan, process, filter);
    steps.check();
    plan.step("flags", 0);
    plan.step("join", namespaces(groups));
    GroupSteps.of(plan, groups, Fields.path(config.path("linux").path("cgroupsPath"))).enter();
    steps.first(containerId, config.path("process").path("oomScoreAdj"));
    if (steps.terminal()) {
      plan.step("console", "");
    }
    steps.last();
    return plan.end();
  }

  private static int namespaces(ControlGroups groups) {
    int all =
        Constants.CLONE_NEWPID
            | Constants.CLONE_NEWIPC
            | Constants.CLONE_NEWUTS
            | Constants.CLONE_NEWNET
            | Constants.CLONE_NEWNS;
    return groups.version() == 2 ? all | Constants.CLONE_NEWCGROUP : all;
  }
}
