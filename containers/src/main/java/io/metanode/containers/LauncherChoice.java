package io.metanode.containers;

/** What starts containers. */
public enum LauncherChoice {
  /** The shim itself where it can, runc else. */
  AUTO,
  /** runc always. */
  RUNC
}
