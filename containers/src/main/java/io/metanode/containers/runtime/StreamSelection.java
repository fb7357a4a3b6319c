package io.metanode.containers.runtime;

/** Which of a process's streams an attached client wants. */
public record StreamSelection(boolean stdin, boolean stdout, boolean stderr) {}
