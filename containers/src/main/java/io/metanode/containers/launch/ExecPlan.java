package io.metanode.containers.launch;

import io.metanode.containers.sys.Constants;
import tools.jackson.databind.JsonNode;

/** One more process in a container that this launcher started. */
final class ExecPlan {

  private ExecPlan() {}

  /**
   * @param config the container's configuration
   * @param pid the container's first process
   */
  static byte[] bytes(
      JsonNode config,
      String containerId,
      int pid,
      JsonNode process,
      ControlGroups groups,
      byte[] filter)
      throws OutsideLauncherException {
    Plan plan = new Plan();
    ProcessSteps steps = new ProcessSteps(plan, process, filter);
    steps.check();
    String namespaces = "/proc/" + pid + "/ns/";
    plan.step("flags", 0);
    plan.step("join", Constants.CLONE_NEWPID, namespaces + "pid");
    plan.step("join", Constants.CLONE_NEWIPC, namespaces + "ipc");
    plan.step("join", Constants.CLONE_NEWUTS, namespaces + "uts");
    plan.step("join", Constants.CLONE_NEWNET, namespaces + "net");
    plan.step("join", Constants.CLONE_NEWNS, namespaces + "mnt");
    new GroupSteps(plan, groups, Fields.path(config.path("linux").path("cgroupsPath"))).enter();
    return finish(plan, steps, containerId);
  }

  private static byte[] finish(Plan plan, ProcessSteps steps, String containerId)
      throws OutsideLauncherException {
    steps.first(containerId);
    plan.step("close");
    if (steps.terminal()) {
      plan.step("console", "");
    }
    steps.last();
    return plan.end();
  }
}
