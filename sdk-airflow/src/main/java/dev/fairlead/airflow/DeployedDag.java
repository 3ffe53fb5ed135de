package dev.fairlead.airflow;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Tells of a DAG that the server has parsed as it was sent.
 *
 * @param dagId the DAG
 * @param location where its file is; empty where this program does not know the place
 * @param sha256 the checksum in the file's header
 * @param version the server's number of this version; empty where it counts none
 * @param bundleVersion the version of the bundle the server read it from, such as a git commit; empty where the bundle keeps none
 * @param paused whether the DAG waits for somebody to unpause it
 * @param parsedAt when the server parsed it
 */
public record DeployedDag(
        String dagId,
        String location,
        String sha256,
        OptionalInt version,
        Optional<String> bundleVersion,
        boolean paused,
        Instant parsedAt) {}
