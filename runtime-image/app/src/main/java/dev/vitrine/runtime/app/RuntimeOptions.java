package dev.vitrine.runtime.app;

import dev.vitrine.protocol.VideoSettings;
import dev.vitrine.runtime.stage.StageOptions;
import dev.vitrine.runtime.stream.UdpPorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a runtime is started with.
 *
 * @param stage the stage to open first, relative to the assets folder
 * @param stageProcess how the stage process is run
 * @param cache where runtimes keep what lets the next one start sooner; empty for nowhere
 * @param port serves page and signalling, or, in a pod, signalling and assignment
 * @param healthPort serves, in a pod, the kubelet's questions
 * @param signallingPort serves signalling alone, to pages from elsewhere; empty for none
 * @param mediaPorts the UDP ports that media may use
 * @param announcedAddresses addresses at which those are reached from outside
 * @param origins origins of pages from elsewhere that may connect
 * @param timeCode whether pictures carry a time code for latency probes
 */
record RuntimeOptions(
    String stage,
    StageOptions stageProcess,
    Optional<Path> cache,
    VideoSettings video,
    int port,
    int healthPort,
    OptionalInt signallingPort,
    UdpPorts mediaPorts,
    List<String> announcedAddresses,
    Set<String> origins,
    boolean timeCode) {}
