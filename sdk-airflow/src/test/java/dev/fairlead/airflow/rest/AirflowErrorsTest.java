package dev.fairlead.airflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.airflow.internal.AirflowErrors;
import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.error.UnavailableException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Proves("airflow.errors")
class AirflowErrorsTest {
    private static ServiceException error(int status, String body) {
        CallDetails details = new CallDetails(
                "airflow",
                "dags/get",
                "GET",
                URI.create("http://airflow/api/v2/dags/x"),
                status,
                "",
                "",
                List.of(),
                3,
                null);
        return new AirflowErrors().toException(details, Map.of(), body);
    }

    @Test
    void detail_asText_isTheReason() {
        assertThat(error(404, "{\"detail\":\"The Dag with ID: `x` was not found\"}"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage(
                        "airflow dags/get: 404 The Dag with ID: `x` was not found (GET http://airflow/api/v2/dags/x)");
    }

    @Test
    void detail_asList_namesEachPlace_andNeverWhatWasSent() {
        String body =
                "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"logical_date\"],\"msg\":\"Field required\","
                        + "\"input\":{\"conf\":\"planted-secret\"}},{\"loc\":[\"body\",\"x\"],\"msg\":\"Extra inputs are not permitted\"}]}";

        assertThat(error(422, body))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("body.logical_date: Field required; body.x: Extra inputs are not permitted")
                .hasMessageNotContaining("planted-secret");
    }

    @Test
    void detail_ofTheDatabase_givesItsReasonAsCode() {
        ServiceException conflict = error(
                409,
                "{\"detail\":{\"reason\":\"Unique constraint violation\",\"statement\":\"hidden\",\"orig_error\":\"hidden\"}}");

        assertThat(conflict).isInstanceOf(ConflictException.class);
        assertThat(conflict.code()).isEqualTo("Unique constraint violation");
    }

    @Test
    void token_thatIsExpiredOrNotTheServers_isUnauthenticated() {
        assertThat(error(401, "{\"detail\":\"Token Expired\"}"))
                .isInstanceOf(UnauthenticatedException.class)
                .hasMessageContaining("airflow.username");
        assertThat(error(403, "{\"detail\":\"Invalid JWT token\"}")).isInstanceOf(UnauthenticatedException.class);
        assertThat(error(403, "{\"detail\":\"Forbidden\"}"))
                .isInstanceOf(PermissionException.class)
                .hasMessageContaining("role");
    }

    @Test
    void route_thatIsMissing_meansAnOldServer() {
        assertThat(error(404, "{\"error\":\"API route not found\"}")).isInstanceOf(UnsupportedByServerException.class);
    }

    @Test
    void answers_ofOthers_keepTheirFirstLine() {
        assertThat(error(503, "<html><body>\nbusy\n</body></html>"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("busy");
        assertThat(error(404, "{\"title\":\"DAG not found\",\"detail\":\"no such thing\",\"status\":404}"))
                .hasMessageContaining("DAG not found: no such thing");
    }
}
