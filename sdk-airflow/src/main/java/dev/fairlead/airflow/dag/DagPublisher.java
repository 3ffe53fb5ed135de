package dev.fairlead.airflow.dag;

import dev.fairlead.MlPlatform;
import dev.fairlead.airflow.internal.publish.ConfigMapPublisher;
import dev.fairlead.airflow.internal.publish.FolderPublisher;
import dev.fairlead.airflow.internal.publish.GitPublisher;
import dev.fairlead.airflow.internal.publish.OurFile;
import dev.fairlead.airflow.internal.publish.Publishers;
import dev.fairlead.airflow.internal.publish.S3Publisher;
import dev.fairlead.spi.PlatformSpi;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings rendered DAGs to where Airflow reads them. Implementations are thread-safe, and safe beside others that write to the same place; they
 * write a file whole or not at all, so that Airflow never reads half of one.
 */
public interface DagPublisher {
    /** Writes to a folder that Airflow reads, local or mounted; it is made when it is not there. */
    static DagPublisher folder(Path folder) {
        return new FolderPublisher(folder);
    }

    /**
     * Commits to a branch of a git repository, which Airflow reads as a {@code GitDagBundle} or through git-sync. Needs
     * {@code org.eclipse.jgit:org.eclipse.jgit} on the class path. Only the DAG's own file is touched; where somebody else pushed meanwhile,
     * the change is made again on top of theirs.
     *
     * @param uri the repository: {@code https://host/team/dags.git}, {@code ssh://…}, {@code file:///…}
     * @param change sets branch, path, credentials and author
     */
    static DagPublisher git(String uri, Consumer<GitPlace.Builder> change) {
        GitPlace.Builder place = GitPlace.builder(uri);
        change.accept(place);
        return new GitPublisher(place.build());
    }

    /**
     * Writes objects below {@code s3://bucket/prefix}, which Airflow reads as an {@code S3DagBundle}. Needs fairlead-s3 on the class path; its
     * settings are {@code s3.endpoint} and so on.
     */
    static DagPublisher s3(MlPlatform platform, URI folder) {
        return S3Publisher.of(PlatformSpi.of(platform), folder);
    }

    /**
     * Writes entries of a ConfigMap that is mounted where Airflow reads DAGs; it is made when it is not there. Other entries stay as they are.
     * A ConfigMap holds 1 MiB; the kubelet brings a change to the pods within about a minute, and never to a mount with {@code subPath}.
     */
    static DagPublisher configMap(MlPlatform platform, String namespace, String name) {
        return ConfigMapPublisher.of(PlatformSpi.of(platform), namespace, name);
    }

    /**
     * Opens the publisher of a location, the setting {@code airflow.dags-dir}:
     *
     * <ul>
     *   <li>{@code /path/of/a/folder}
     *   <li>{@code git+https://host/team/dags.git?branch=main&path=dags}, also {@code git+ssh://…} and {@code git+file:///…}; without a branch
     *       the repository's own default, without a path its root; credentials are {@code airflow.dags-username},
     *       {@code airflow.dags-password}, or {@code airflow.dags-token}
     *   <li>{@code s3://bucket/prefix}
     *   <li>{@code configmap://namespace/name}
     *   <li>what a {@link DagPublisherFactory} on the class path knows
     * </ul>
     *
     * @throws dev.fairlead.error.ConfigurationException if nothing delivers to such a place
     */
    static DagPublisher open(MlPlatform platform, String location) {
        return Publishers.open(PlatformSpi.of(platform), location);
    }

    /**
     * Writes the file of a DAG in place of an older one of ours.
     *
     * @throws DagFileException if a file stands there that Fairlead did not write, or that was changed by hand; it is left as it is
     */
    default Publication publish(RenderedDag dag) {
        return publish(dag, false);
    }

    /**
     * Writes the file of a DAG.
     *
     * @param overwrite whether any file that stands there is replaced
     * @throws DagFileException if a file stands there that Fairlead did not write, or that was changed by hand, and is not to be overwritten
     */
    default Publication publish(RenderedDag dag, boolean overwrite) {
        return publish(dag.dag().id(), dag.source(), overwrite);
    }

    /** Writes the text of a DAG's file, such as that of an earlier version; else as {@link #publish(RenderedDag, boolean)}. */
    Publication publish(String dagId, String source, boolean overwrite);

    /**
     * Removes the file of a DAG.
     *
     * @return whether it was there
     * @throws DagFileException if the file was not written by Fairlead, or was changed by hand; it is left as it is
     */
    boolean remove(String dagId);

    /** Returns the file of a DAG as it stands there now. */
    Optional<String> current(String dagId);

    /** Returns the states of a DAG's file that the place remembers, newest first; empty where it remembers none. */
    default List<DagFileVersion> history(String dagId) {
        return List.of();
    }

    /** Returns the file of a DAG as a state of the place holds it; empty where it does not. */
    default Optional<String> at(String dagId, String version) {
        return Optional.empty();
    }

    /** Returns where DAGs go, for messages; never a secret. */
    String location();

    /**
     * Checks that a file may be replaced or removed; for those who write a publisher of their own.
     *
     * @param file where it is, for messages
     * @param dagId the DAG that shall stand there
     * @param text the file as it is now
     * @throws DagFileException if Fairlead did not write it, somebody changed it by hand, or it is another DAG's
     */
    static void requireOurs(String file, String dagId, String text) {
        OurFile.check(file, dagId, text);
    }
}
