package io.metanode.containers.engine;

import io.metanode.containers.cgroup.Cgroups;
import io.metanode.containers.event.EventBus;
import io.metanode.containers.image.Images;
import io.metanode.containers.image.Snapshots;
import io.metanode.containers.network.Networks;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.runtime.ProcessRunner;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Randomness;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * What the engine is built on.
 *
 * @param home the data directory
 * @param runDirectory where runs keep their state; a short path, as unix sockets lie below it
 * @param background where slow work runs that nobody waits for; tasks may block in system calls
 * @param afterAnswers the same, begun a moment later: what follows an answer does not take the
 *     processor from who is to give it, and from who hears it
 * @param spareTime the same, begun once a container that is being started has most likely run
 */
record EngineParts(
    Path home,
    Path runDirectory,
    Images images,
    Snapshots snapshots,
    Networks networks,
    ProcessRunner runner,
    Cgroups cgroups,
    Bundles bundles,
    MountSources mountSources,
    Operations operations,
    EventBus events,
    Clock clock,
    Randomness randomness,
    Timers timers,
    Executor background,
    Executor afterAnswers,
    Executor spareTime) {}
