package io.metanode.containers.launch;

import io.metanode.containers.sys.Constants;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The mounts of a plan: Docker's own, binds and tmpfs. */
record MountSteps(Plan plan, ControlGroups groups, String group) {

  private static final String CGROUPS = "/sys/fs/cgroup";
  private static final long CGROUP_ROOT =
      Constants.MS_NOSUID | Constants.MS_NODEV | Constants.MS_NOEXEC;

  void write(JsonNode mounts) throws OutsideLauncherException {
    for (JsonNode mount : mounts) {
      Fields.object(mount, "mounts", "destination", "type", "source", "options");
      String target = Fields.path(mount.path("destination"));
      String source = Fields.text(mount.path("source"));
      MountFlags flags = MountFlags.of(Fields.texts(mount.path("options")));
      String type = Fields.text(mount.path("type"));
      boolean bind = flags.has(Constants.MS_BIND);
      checkTarget(target, type);
      if (bind) {
        bind(source, target, flags);
      } else if (type.equals("cgroup") && groups.version() == 2) {
        plan.step("mount", "cgroup2", source, target, flags.flags(), "");
      } else if (type.equals("cgroup")) {
        cgroups(flags);
      } else {
        fileSystem(type, source, target, flags);
      }
    }
  }

  private static void checkTarget(String target, String type) throws OutsideLauncherException {
    boolean ours =
        switch (target) {
          case "/proc" -> type.equals("proc");
          case "/dev" -> type.equals("tmpfs");
          case "/dev/pts" -> type.equals("devpts");
          case "/dev/shm" -> type.equals("tmpfs") || type.equals("bind");
          case "/dev/mqueue" -> type.equals("mqueue");
          case "/sys" -> type.equals("sysfs");
          case CGROUPS -> type.equals("cgroup");
          default ->
              List.of("/proc", "/sys", "/dev").stream().noneMatch(d -> Fields.within(target, d))
                  && List.of("tmpfs", "bind").contains(type);
        };
    if (!ours) {
      throw new OutsideLauncherException("a mount of " + type + " on " + target);
    }
  }

  private void bind(String source, String target, MountFlags flags)
      throws OutsideLauncherException {
    if (!flags.data().isEmpty()) {
      throw new OutsideLauncherException("bind options " + flags.data());
    }
    plan.step("bind", Fields.path(source), target, flags.flags(), flags.propagation());
  }

  private void fileSystem(String type, String source, String target, MountFlags flags)
      throws OutsideLauncherException {
    if (type.equals("bind") || flags.propagation() != 0) {
      throw new OutsideLauncherException("propagation of " + target);
    }
    // runc makes these read-only by a mount of their own, later.
    if (flags.has(Constants.MS_RDONLY) && !type.equals("sysfs")) {
      throw new OutsideLauncherException("a read-only " + type);
    }
    plan.step("mount", type, source, target, flags.flags(), flags.data());
  }

  /** The container's own group of each hierarchy, in a tmpfs. */
  private void cgroups(MountFlags flags) throws OutsideLauncherException {
    plan.step("mount", "tmpfs", "tmpfs", CGROUPS, CGROUP_ROOT, "mode=755");
    for (ControlGroups.Hierarchy hierarchy : groups.version1()) {
      String name = String.valueOf(hierarchy.mountPoint().getFileName());
      plan.step(
          "bind",
          hierarchy.mountPoint() + group,
          CGROUPS + "/" + name,
          Constants.MS_BIND | Constants.MS_REC | flags.flags(),
          flags.propagation());
      for (String controller : name.contains(",") ? name.split(",", -1) : new String[0]) {
        plan.step("link", name, CGROUPS + "/" + controller);
      }
    }
  }
}
