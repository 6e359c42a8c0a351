package io.vestibule.load.stage;

import io.vestibule.load.report.Hiccups;
import java.nio.file.Path;

/**
 * What a scenario runs on: a directory of its own, processes that end with it, a way to say where
 * it is.
 */
public record Stage(
    Path work,
    Build build,
    Started started,
    Progress progress,
    Hiccups hiccups,
    RedisBinary redisBinary) {}
