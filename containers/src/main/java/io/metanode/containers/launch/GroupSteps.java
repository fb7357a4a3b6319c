package io.metanode.containers.launch;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The control groups of a container and their limits, as runc makes them. */
record GroupSteps(Plan plan, ControlGroups groups, String group) {

  static GroupSteps of(Plan plan, ControlGroups groups, String group) {
    return new GroupSteps(plan, groups, group);
  }

  void write(JsonNode resources) throws OutsideLauncherException {
    Fields.object(resources, "resources", "devices", "memory", "cpu", "pids");
    switch (groups.version()) {
      case 1 -> version1(resources);
      case 2 -> version2(resources);
      default -> throw new OutsideLauncherException("control groups of both versions");
    }
  }

  private void version1(JsonNode resources) throws OutsideLauncherException {
    List<Limit> limits = Version1Limits.of(resources);
    for (ControlGroups.Hierarchy hierarchy : groups.version1()) {
      String step = hierarchy.options().contains("cpuset") ? "group-of-sets" : "group";
      plan.step(step, hierarchy.mountPoint(), group.substring(1));
      for (Limit limit : limits) {
        if (hierarchy.options().contains(limit.controller())) {
          plan.step("limit", limit.file(), limit.value());
        }
      }
    }
    for (Path unified : groups.unified()) {
      plan.step("unified", unified, group.substring(1));
    }
  }

  private void version2(JsonNode resources) throws OutsideLauncherException {
    List<Limit> limits = Version2Limits.of(resources);
    byte[] devices = DeviceProgram.of(DeviceRule.read(resources.path("devices")));
    for (Path unified : groups.unified()) {
      plan.step("unified", unified, group.substring(1));
      for (Limit limit : limits) {
        plan.step("limit", limit.file(), limit.value());
      }
      plan.program("device-program", devices);
    }
  }

  /** One more process in groups that exist. */
  void enter() throws OutsideLauncherException {
    for (ControlGroups.Hierarchy hierarchy : groups.version1()) {
      plan.step("enter", hierarchy.mountPoint() + group + "/tasks");
    }
    for (Path unified : groups.unified()) {
      plan.step("into", unified + group);
    }
  }

  /**
   * What is written to a file of a group.
   *
   * @param controller whose file it is
   */
  record Limit(String controller, String file, String value) {

    Limit(String file, String value) {
      this(file.substring(0, file.indexOf('.')), file, value);
    }
  }
}
