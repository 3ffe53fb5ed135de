package dev.fairlead.seldon.kserve;

/**
 * Names how KServe runs an inference service. An open word: one that a newer KServe brings can be named too.
 *
 * @param value the word as it stands in the annotation
 */
public record DeploymentMode(String value) {
    /** Kubernetes' own Deployments. */
    public static final DeploymentMode STANDARD = new DeploymentMode("Standard");

    /** Knative's services, which scale to zero and split the traffic between revisions. */
    public static final DeploymentMode KNATIVE = new DeploymentMode("Knative");

    /** The older word for {@link #STANDARD}. */
    public static final DeploymentMode RAW_DEPLOYMENT = new DeploymentMode("RawDeployment");

    /** The older word for {@link #KNATIVE}. */
    public static final DeploymentMode SERVERLESS = new DeploymentMode("Serverless");

    /** ModelMesh, which loads models into pods that are there. */
    public static final DeploymentMode MODEL_MESH = new DeploymentMode("ModelMesh");

    /** The annotation of an inference service that holds it. */
    static final String KEY = "serving.kserve.io/deploymentMode";

    /** Names one by its word. */
    public static DeploymentMode of(String value) {
        return new DeploymentMode(value);
    }

    boolean isStandard() {
        return equals(STANDARD) || equals(RAW_DEPLOYMENT);
    }

    boolean isKnative() {
        return equals(KNATIVE) || equals(SERVERLESS);
    }

    @Override
    public String toString() {
        return value;
    }
}
